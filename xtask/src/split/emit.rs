//! The modules that come of splitting one.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements,
    EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, RawSection,
    TableSection,
};
use wasmparser::{ExternalKind, FunctionBody, Operator, ValType};

use super::data::{self, Data, Segment};
use super::graph::{Belongs, named};
use super::module::{DATA, DATA_COUNT, EXPORTS, FUNCTIONS, Module, TABLES, TYPES};
use super::{MAIN, Part, Pieces, SUMMON};

/// The main module, and one for each part.
pub fn pieces(module: &Module, parts: &[Part], belongs: &Belongs) -> Result<Pieces> {
    let data = data::cut(&module.data, parts)?;
    let mut plan = Plan::new(module, belongs, data, parts.len())?;
    let mut made = BTreeMap::new();
    for (place, part) in parts.iter().enumerate() {
        made.insert(part.name, plan.part(place)?);
    }
    Ok(Pieces {
        main: plan.main()?,
        parts: made,
    })
}

/// What goes where.
struct Plan<'a> {
    module: &'a Module<'a>,
    belongs: &'a Belongs,
    /// The place in the table of each function of a part that is called from outside of it.
    slots: BTreeMap<u32, u64>,
    /// What the main module is to export for the parts, under which names.
    exports: BTreeMap<(ExportKey, u32), String>,
    data: Data<'a>,
    /// What loads a part at once.
    summon: u32,
    /// The type of a function that makes a number of a number.
    number_of_number: u32,
    /// How many parts there are.
    parts: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ExportKey {
    Function,
    Global,
    Memory,
    Table,
}

impl<'a> Plan<'a> {
    fn new(
        module: &'a Module<'a>,
        belongs: &'a Belongs,
        data: Data<'a>,
        parts: usize,
    ) -> Result<Self> {
        let number_of_number = (module.types.iter())
            .position(|of| of.params() == [ValType::I32] && of.results() == [ValType::I32]);
        let number_of_number = u32::try_from(number_of_number.context("nothing is a number's")?)?;
        let summon = named(module, SUMMON)
            .filter(|summon| module.functions[*summon as usize] == number_of_number)
            .with_context(|| format!("there is no {SUMMON}, or it takes no place of a part"))?;

        let mut outside: BTreeSet<u32> = module.pointed_to.clone();
        for (place, body) in module.bodies.iter().enumerate() {
            let caller = belongs.get(&u32::try_from(place + module.imported)?);
            let callees = Module::callees(body)?;
            outside.extend(
                callees
                    .into_iter()
                    .filter(|callee| belongs.get(callee) != caller),
            );
        }
        let first = module.tables[module.table as usize].initial;
        let slots = (outside.into_iter())
            .filter(|function| belongs.contains_key(function))
            .zip(first..)
            .collect();
        Ok(Self {
            module,
            belongs,
            slots,
            exports: BTreeMap::new(),
            data,
            summon,
            number_of_number,
            parts,
        })
    }

    /// The name under which the main module exports something.
    fn export(&mut self, kind: ExportKey, index: u32) -> String {
        let known = (self.module.exports.iter())
            .find(|(_, found, of)| *of == index && key(*found) == Some(kind));
        if let Some((name, ..)) = known {
            return (*name).to_owned();
        }
        // Like no name that is left to those who know the module from outside.
        let next = format!("+{}", self.exports.len());
        self.exports.entry((kind, index)).or_insert(next).clone()
    }

    fn function_type(&self, function: u32) -> u32 {
        self.module.functions[function as usize]
    }

    fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.module.bodies[function as usize - self.module.imported]
    }

    /// What a table is when there is room for the parts' functions in that of functions.
    fn table(&self, index: u32) -> Result<wasm_encoder::TableType> {
        let before = self.module.tables[index as usize];
        let mut table = RoundtripReencoder.table_type(before).map_err(said)?;
        if index == self.module.table {
            table.minimum += self.slots.len() as u64;
            table.maximum = table.maximum.map(|most| most.max(table.minimum));
        }
        Ok(table)
    }

    fn main(&self) -> Result<Vec<u8>> {
        let mut main = wasm_encoder::Module::new();
        let mut coded = false;
        for &(id, data) in &self.module.sections {
            if id == DATA {
                main.section(&self.main_code()?);
                coded = true;
            }
            match id {
                FUNCTIONS => main.section(&self.main_functions()),
                TABLES => main.section(&self.main_tables()?),
                EXPORTS => main.section(&self.main_exports()),
                DATA => main.section(&section(&self.data.main)),
                DATA_COUNT => main.section(&DataCountSection {
                    count: u32::try_from(self.data.main.len())?,
                }),
                _ => main.section(&RawSection { id, data }),
            };
        }
        if !coded {
            main.section(&self.main_code()?);
        }
        Ok(main.finish())
    }

    fn main_functions(&self) -> FunctionSection {
        let mut functions = FunctionSection::new();
        for function in &self.module.functions[self.module.imported..] {
            functions.function(*function);
        }
        for _ in 0..self.parts {
            functions.function(self.number_of_number);
        }
        functions
    }

    fn main_tables(&self) -> Result<TableSection> {
        let mut tables = TableSection::new();
        for index in 0..u32::try_from(self.module.tables.len())? {
            tables.table(self.table(index)?);
        }
        Ok(tables)
    }

    fn main_exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        for &(name, kind, index) in &self.module.exports {
            exports.export(name, ExportKind::from(kind), index);
        }
        for (&(kind, index), name) in &self.exports {
            let kind = match kind {
                ExportKey::Function => ExportKind::Func,
                ExportKey::Global => ExportKind::Global,
                ExportKey::Memory => ExportKind::Memory,
                ExportKey::Table => ExportKind::Table,
            };
            exports.export(name, kind, index);
        }
        exports
    }

    fn main_code(&self) -> Result<CodeSection> {
        let mut code = CodeSection::new();
        for (function, body) in (self.module.imported as u32..).zip(&self.module.bodies) {
            match (self.belongs.get(&function), self.slots.get(&function)) {
                (None, _) => code.raw(body.as_bytes()),
                (Some(part), Some(slot)) => code.function(&self.stub(function, *part, *slot)?),
                (Some(_), None) => {
                    let mut nobody_calls_it = Function::new([]);
                    nobody_calls_it.instructions().unreachable().end();
                    code.function(&nobody_calls_it)
                }
            };
        }
        for place in 0..self.parts {
            code.function(&self.ready(place)?);
        }
        Ok(code)
    }

    /// Which function makes a part ready.
    fn ready_index(&self, place: usize) -> Result<u32> {
        Ok(u32::try_from(self.module.functions.len() + place)?)
    }

    /// Is given a place in the table, for a function of a part, and gives it back when that is there.
    fn ready(&self, place: usize) -> Result<Function> {
        let mut ready = Function::new([]);
        ready
            .instructions()
            .local_get(0)
            .table_get(self.module.table)
            .ref_is_null()
            .if_(BlockType::Empty)
            .i32_const(i32::try_from(place)?)
            .call(self.summon)
            .drop()
            .end()
            .local_get(0)
            .end();
        Ok(ready)
    }

    /// Calls what is in the table, with what it is called with.
    fn stub(&self, function: u32, part: usize, slot: u64) -> Result<Function> {
        let function_type = self.function_type(function);
        let parameters = self.module.types[function_type as usize].params().len();
        let mut stub = Function::new([]);
        let mut instructions = stub.instructions();
        for parameter in 0..u32::try_from(parameters)? {
            instructions.local_get(parameter);
        }
        instructions
            .i32_const(i32::try_from(slot)?)
            .call(self.ready_index(part)?)
            .call_indirect(self.module.table, function_type)
            .end();
        Ok(stub)
    }

    fn part(&mut self, place: usize) -> Result<Vec<u8>> {
        let own: Vec<u32> = (self.belongs.iter())
            .filter(|(_, part)| **part == place)
            .map(|(function, _)| *function)
            .collect();
        let needs = Needs::of(own.iter().map(|function| self.body(*function)))?;
        let (imports, mut renumbering) = self.part_imports(&own, &needs)?;

        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in &own {
            functions.function(self.function_type(*function));
            renumbering
                .parse_function_body(&mut code, self.body(*function).clone())
                .map_err(said)?;
        }
        let mut elements = ElementSection::new();
        for function in &own {
            if let Some(slot) = self.slots.get(function) {
                let at = ConstExpr::i32_const(i32::try_from(*slot)?);
                let new = renumbering.functions[function];
                elements.active(None, &at, Elements::Functions((&[new][..]).into()));
            }
        }
        let types = (self.module.sections.iter())
            .find(|(id, _)| *id == TYPES)
            .map_or(&[][..], |(_, data)| data);
        let mut part = wasm_encoder::Module::new();
        part.section(&RawSection {
            id: TYPES,
            data: types,
        })
        .section(&imports)
        .section(&functions)
        .section(&elements)
        .section(&code)
        .section(&section(&self.data.parts[place]));
        Ok(part.finish())
    }

    /// What a part has of the main module, and under which numbers it knows that and its own.
    fn part_imports(&mut self, own: &[u32], needs: &Needs) -> Result<(ImportSection, Renumbering)> {
        let mut imports = ImportSection::new();
        let mut renumbering = Renumbering::default();
        let memory = RoundtripReencoder
            .memory_type(self.module.memory)
            .map_err(said)?;
        imports.import(
            MAIN,
            &self.export(ExportKey::Memory, 0),
            EntityType::Memory(memory),
        );
        let others = needs.tables.iter().copied();
        let others = others.filter(|table| *table != self.module.table);
        // Into the first go the part's own functions.
        for (new, table) in (0..).zip([self.module.table].into_iter().chain(others)) {
            let name = self.export(ExportKey::Table, table);
            imports.import(MAIN, &name, EntityType::Table(self.table(table)?));
            renumbering.tables.insert(table, new);
        }
        for (new, &global) in (0..).zip(&needs.globals) {
            let global_type = self.module.globals[global as usize];
            let global_type = RoundtripReencoder.global_type(global_type).map_err(said)?;
            let name = self.export(ExportKey::Global, global);
            imports.import(MAIN, &name, EntityType::Global(global_type));
            renumbering.globals.insert(global, new);
        }
        let elsewhere: Vec<_> = (needs.functions.iter().copied())
            .filter(|function| !own.contains(function))
            .collect();
        for &function in &elsewhere {
            let name = self.export(ExportKey::Function, function);
            imports.import(
                MAIN,
                &name,
                EntityType::Function(self.function_type(function)),
            );
        }
        renumbering.functions = elsewhere.iter().chain(own).copied().zip(0..).collect();
        Ok((imports, renumbering))
    }
}

fn key(kind: ExternalKind) -> Option<ExportKey> {
    match kind {
        ExternalKind::Func => Some(ExportKey::Function),
        ExternalKind::Global => Some(ExportKey::Global),
        ExternalKind::Memory => Some(ExportKey::Memory),
        ExternalKind::Table => Some(ExportKey::Table),
        _ => None,
    }
}

fn section(segments: &[Segment]) -> DataSection {
    let mut section = DataSection::new();
    for (offset, bytes) in segments {
        let offset = ConstExpr::i32_const(*offset);
        section.active(0, &offset, bytes.iter().copied());
    }
    section
}

/// What code needs beside itself.
#[derive(Default)]
struct Needs {
    functions: BTreeSet<u32>,
    globals: BTreeSet<u32>,
    tables: BTreeSet<u32>,
}

impl Needs {
    fn of<'a>(bodies: impl Iterator<Item = &'a FunctionBody<'a>>) -> Result<Self> {
        let mut needs = Self::default();
        for body in bodies {
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index } => {
                        needs.functions.insert(function_index);
                    }
                    Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                        needs.globals.insert(global_index);
                    }
                    Operator::TableGet { table }
                    | Operator::TableSet { table }
                    | Operator::TableGrow { table }
                    | Operator::TableSize { table }
                    | Operator::TableFill { table } => {
                        needs.tables.insert(table);
                    }
                    operator @ (Operator::RefFunc { .. }
                    | Operator::MemoryInit { .. }
                    | Operator::DataDrop { .. }
                    | Operator::TableInit { .. }
                    | Operator::TableCopy { .. }
                    | Operator::ElemDrop { .. }) => {
                        bail!("{operator:?} cannot be put into a part");
                    }
                    _ => {}
                }
            }
        }
        Ok(needs)
    }
}

/// A part's own numbers for what has others in the whole.
#[derive(Default)]
struct Renumbering {
    functions: BTreeMap<u32, u32>,
    globals: BTreeMap<u32, u32>,
    tables: BTreeMap<u32, u32>,
}

impl Reencode for Renumbering {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.functions[&function])
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.globals[&global])
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.tables[&table])
    }
}

fn said<E: std::fmt::Display>(error: E) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}
