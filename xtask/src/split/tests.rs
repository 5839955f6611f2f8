use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, MemorySection, MemoryType, NameMap,
    NameSection, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{Validator, WasmFeatures};

use super::module::Module;
use super::{Part, SUMMON, split};

/// Each function of the module below: its name, which it calls, and how much more code it has.
type Functions<'a> = &'a [(&'a str, &'a [u32], usize)];

/// A module in which the first function is exported and those in `pointed_to` are in the table. Its last
/// function is what loads a part at once.
fn module(functions: Functions, pointed_to: &[u32]) -> Vec<u8> {
    module_of(&[functions, &[(SUMMON, &[], 0)]].concat(), pointed_to)
}

fn module_of(functions: Functions, pointed_to: &[u32]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut declared = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut names = NameMap::new();
    for (index, (name, callees, padding)) in (0..).zip(functions) {
        declared.function(0);
        names.append(index, name);
        let mut body = Function::new([]);
        let mut instructions = body.instructions();
        for _ in 0..*padding {
            instructions.global_get(0).drop();
        }
        instructions.local_get(0);
        for callee in *callees {
            instructions.call(*callee);
        }
        instructions.end();
        code.function(&body);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: pointed_to.len() as u64,
        maximum: Some(pointed_to.len() as u64),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let stack = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    globals.global(stack, &ConstExpr::i32_const(1024));
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    exports.export("start", ExportKind::Func, 0);
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(0),
        Elements::Functions(pointed_to.into()),
    );
    let mut named = NameSection::new();
    named.functions(&names);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(8), *b"a\x01first\x02b\x03\x04c");
    let mut module = wasm_encoder::Module::new();
    module
        .section(&types)
        .section(&declared)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data)
        .section(&named);
    module.finish()
}

const PARTS: [Part; 2] = [
    Part {
        name: "first",
        entries: &["a::entry"],
        modules: &["a::view::"],
    },
    Part {
        name: "second",
        entries: &["b::entry"],
        modules: &[],
    },
];

/// How many functions each of the pieces of a module has, imported ones and own ones. The main module
/// has one more for each part, by which stubs come to it.
fn sizes(whole: &[u8]) -> Vec<(usize, usize)> {
    sizes_of(whole, &PARTS)
}

fn sizes_of(whole: &[u8], parts: &'static [Part]) -> Vec<(usize, usize)> {
    let pieces = split(whole, parts).expect("the module can be split");
    let modules = [&pieces.main].into_iter().chain(pieces.parts.values());
    let size = |module: &Vec<u8>| {
        Validator::new_with_features(WasmFeatures::all())
            .validate_all(module)
            .expect("a piece is a module");
        let imported = wasmparser::Parser::new(0)
            .parse_all(module)
            .filter_map(|payload| match payload {
                Ok(wasmparser::Payload::ImportSection(imports)) => Some(imports),
                _ => None,
            })
            .flat_map(|imports| imports.into_imports())
            .filter(|import| {
                matches!(import, Ok(import) if matches!(import.ty, wasmparser::TypeRef::Func(_)))
            })
            .count();
        let own = wasmparser::Parser::new(0)
            .parse_all(module)
            .filter(|payload| matches!(payload, Ok(wasmparser::Payload::CodeSectionEntry(_))))
            .count();
        (imported, own)
    };
    modules.map(size).collect()
}

#[test]
fn what_only_a_part_calls_goes_with_it_and_what_others_call_stays() {
    let whole = module(
        &[
            ("start", &[1, 2, 4], 0),
            ("shared", &[], 0),
            ("a::entry", &[1, 3], 0),
            ("other::helper", &[], 0),
            ("b::entry", &[2], 0),
        ],
        &[],
    );
    // Of the first part are its entry and the helper; it calls what is shared. The second calls
    // the entry of the first, which is the main module's stub.
    assert_eq!(sizes(&whole), [(0, 8), (1, 2), (1, 1)]);
}

#[test]
fn what_two_parts_call_stays() {
    let whole = module(
        &[
            ("start", &[1, 2], 0),
            ("a::entry", &[3], 0),
            ("b::entry", &[3], 0),
            ("helper", &[], 0),
        ],
        &[],
    );
    assert_eq!(sizes(&whole), [(0, 7), (1, 1), (1, 1)]);
}

#[test]
fn functions_that_are_pointed_to_go_by_their_module_and_what_is_smaller_than_a_stub_stays() {
    let whole = module(
        &[
            ("start", &[], 0),
            ("a::entry", &[], 0),
            ("b::entry", &[], 0),
            ("<a::view::Large as Component>::view", &[], 20),
            ("<a::view::Small as Component>::view", &[], 0),
            ("<a::view::Small as Component>::click", &[6], 0),
            ("other::helper", &[], 0),
            ("<c::Large as Component>::view", &[], 200),
        ],
        &[3, 4, 5, 7],
    );
    // With the one that is large go the one that calls, and what it calls.
    assert_eq!(sizes(&whole), [(0, 11), (0, 4), (0, 1)]);
}

#[test]
fn of_a_generic_function_only_large_instances_go_by_the_module_of_their_type() {
    let of = |padding| {
        let whole = module(
            &[
                ("start", &[], 0),
                ("a::entry", &[], 0),
                ("b::entry", &[], 0),
                (
                    "hooks::use_state::<flotilla::a::view::Large>",
                    &[1],
                    padding,
                ),
            ],
            &[3],
        );
        sizes(&whole)
    };
    assert_eq!(of(20), [(0, 7), (0, 1), (0, 1)]);
    assert_eq!(of(200), [(0, 7), (0, 2), (0, 1)]);
}

#[test]
fn what_the_main_module_calls_itself_stays_whatever_its_name_is() {
    let whole = module(
        &[
            ("start", &[3], 0),
            ("a::entry", &[3], 0),
            ("b::entry", &[], 0),
            ("<a::view::Large as Component>::view", &[], 200),
        ],
        &[3],
    );
    assert_eq!(sizes(&whole), [(0, 7), (1, 1), (0, 1)]);
}

#[test]
fn an_entry_that_is_not_there_is_told() {
    let whole = module(&[("start", &[], 0), ("b::entry", &[], 0)], &[]);
    let why = split(&whole, &PARTS).err().expect("it cannot be split");
    assert!(why.to_string().contains("a::entry"), "{why}");
    assert!(Module::parse(&whole).is_ok());
}

#[test]
fn a_module_without_what_loads_a_part_at_once_is_not_split() {
    let whole = module_of(
        &[
            ("start", &[], 0),
            ("a::entry", &[], 0),
            ("b::entry", &[], 0),
        ],
        &[],
    );
    let why = split(&whole, &PARTS).err().expect("it cannot be split");
    assert!(why.to_string().contains("summon"), "{why}");
}

#[test]
fn a_part_may_be_of_texts_alone() {
    const TEXTS: [Part; 1] = [Part {
        name: "first",
        entries: &[],
        modules: &[],
    }];
    let whole = module(&[("start", &[], 0)], &[]);
    assert_eq!(sizes_of(&whole, &TEXTS), [(0, 3), (0, 0)]);
}

#[test]
fn a_part_brings_its_texts_to_where_the_whole_has_them() {
    let whole = module(
        &[
            ("start", &[], 0),
            ("a::entry", &[], 0),
            ("b::entry", &[], 0),
        ],
        &[],
    );
    let pieces = split(&whole, &PARTS).expect("the module can be split");
    let data = |module: &[u8]| {
        let mut lengths = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(module) {
            if let Ok(wasmparser::Payload::DataSection(segments)) = payload {
                lengths.extend(
                    segments
                        .into_iter()
                        .flatten()
                        .map(|segment| segment.data.len()),
                );
            }
        }
        lengths
    };
    assert_eq!(data(&pieces.main), [1, 1]);
    assert_eq!(data(&pieces.parts["first"]), [10]);
    assert_eq!(data(&pieces.parts["second"]), [0; 0]);
}
