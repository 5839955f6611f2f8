//! A module of wasm, taken apart as far as splitting needs it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    CompositeInnerType, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody,
    GlobalType, KnownCustom, MemoryType, Name, Operator, Parser, Payload, TableType, TypeRef,
};

use super::data::Segment;

/// A module's parts. Functions and globals are known by their index, those imported come first.
pub struct Module<'a> {
    /// The bytes of each section, in their order; of the code and of sections for tools, none. Those of
    /// the data are in `data` as well.
    pub sections: Vec<(u8, &'a [u8])>,
    /// The types of functions.
    pub types: Vec<FuncType>,
    /// The type of each function.
    pub functions: Vec<u32>,
    /// How many of the functions are imported.
    pub imported: usize,
    pub bodies: Vec<FunctionBody<'a>>,
    pub globals: Vec<GlobalType>,
    pub memory: MemoryType,
    /// The types of the tables, and which of them holds functions.
    pub tables: Vec<TableType>,
    pub table: u32,
    pub names: BTreeMap<u32, &'a str>,
    /// The functions that code outside may call, or that are called by way of the table.
    pub exported: BTreeSet<u32>,
    pub pointed_to: BTreeSet<u32>,
    /// What is exported under which name.
    pub exports: Vec<(&'a str, ExternalKind, u32)>,
    /// What is put into the memory at the start, and where.
    pub data: Vec<Segment<'a>>,
}

impl<'a> Module<'a> {
    pub fn parse(wasm: &'a [u8]) -> Result<Self> {
        let mut reading = Reading::default();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((id, range)) = payload.as_section()
                && id != CUSTOM
                && id != CODE
            {
                reading.sections.push((id, &wasm[range]));
            }
            reading.payload(payload)?;
        }
        reading.done()
    }

    /// The functions that a function calls.
    pub fn callees(body: &FunctionBody) -> Result<BTreeSet<u32>> {
        let mut callees = BTreeSet::new();
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } | Operator::RefFunc { function_index } => {
                    callees.insert(function_index);
                }
                _ => {}
            }
        }
        Ok(callees)
    }
}

/// The ids of sections, by the specification of WebAssembly (§5.5.2).
const CUSTOM: u8 = 0;
pub const TYPES: u8 = 1;
pub const FUNCTIONS: u8 = 3;
pub const TABLES: u8 = 4;
pub const EXPORTS: u8 = 7;
const CODE: u8 = 10;
pub const DATA: u8 = 11;
pub const DATA_COUNT: u8 = 12;

#[derive(Default)]
struct Reading<'a> {
    sections: Vec<(u8, &'a [u8])>,
    types: Vec<FuncType>,
    functions: Vec<u32>,
    imported: usize,
    bodies: Vec<FunctionBody<'a>>,
    globals: Vec<GlobalType>,
    memory: Option<MemoryType>,
    tables: Vec<TableType>,
    names: BTreeMap<u32, &'a str>,
    exported: BTreeSet<u32>,
    pointed_to: BTreeSet<u32>,
    exports: Vec<(&'a str, ExternalKind, u32)>,
    data: Vec<Segment<'a>>,
}

impl<'a> Reading<'a> {
    fn payload(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(groups) => {
                for group in groups {
                    for sub_type in group?.into_types() {
                        let CompositeInnerType::Func(function) = sub_type.composite_type.inner
                        else {
                            bail!("a type is not that of a function");
                        };
                        self.types.push(function);
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let TypeRef::Func(function) = import?.ty else {
                        bail!("something other than a function is imported");
                    };
                    self.functions.push(function);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(types) => {
                for function in types {
                    self.functions.push(function?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memory = Some(memory?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported.insert(export.index);
                    }
                    self.exports.push((export.name, export.kind, export.index));
                }
            }
            Payload::StartSection { func, .. } => {
                self.exported.insert(func);
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element?;
                    ensure!(
                        matches!(element.kind, ElementKind::Active { .. }),
                        "there are functions that are put into the table later"
                    );
                    let ElementItems::Functions(functions) = element.items else {
                        bail!("the table is filled by expressions");
                    };
                    for function in functions {
                        self.pointed_to.insert(function?);
                    }
                }
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("there are data that are put into the memory later");
                    };
                    let mut operators = offset_expr.get_operators_reader();
                    let Operator::I32Const { value } = operators.read()? else {
                        bail!("it is not said where data go");
                    };
                    self.data.push((value, segment.data));
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(names) = custom.as_known() {
                    self.names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn names(&mut self, names: wasmparser::NameSectionReader<'a>) -> Result<()> {
        for subsection in names {
            if let Name::Function(map) = subsection? {
                for naming in map {
                    let naming = naming?;
                    self.names.insert(naming.index, naming.name);
                }
            }
        }
        Ok(())
    }

    fn done(self) -> Result<Module<'a>> {
        let table = (self.tables.iter())
            .position(|table| table.element_type.is_func_ref())
            .context("there is no table of functions")?;
        Ok(Module {
            sections: self.sections,
            types: self.types,
            functions: self.functions,
            imported: self.imported,
            bodies: self.bodies,
            globals: self.globals,
            memory: self.memory.context("there is no memory")?,
            tables: self.tables,
            table: u32::try_from(table)?,
            names: self.names,
            exported: self.exported,
            pointed_to: self.pointed_to,
            exports: self.exports,
            data: self.data,
        })
    }
}
