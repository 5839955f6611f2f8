//! The key-value store as `stateright` knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use stateright::semantics::SequentialSpec;

use flotilla::kv::{Operation, Response};

/// The keys and their values, as `stateright` is told what they do.
#[derive(Clone, Default, Debug)]
pub struct Keys(BTreeMap<Arc<str>, Arc<str>>);

impl SequentialSpec for Keys {
    type Op = Operation;
    type Ret = Response;

    fn invoke(&mut self, operation: &Operation) -> Response {
        let found = self.0.get(operation.key()).cloned();
        match operation {
            Operation::Get { .. } => return Response::Value(found),
            Operation::Put { key, value } => {
                self.0.insert(key.clone(), value.clone());
            }
            Operation::Delete { key } => {
                self.0.remove(key);
            }
            Operation::Cas { key, expect, value } => {
                if found.as_deref().unwrap_or_default() != &**expect {
                    return Response::Mismatch(found);
                }
                self.0.insert(key.clone(), value.clone());
            }
        }
        Response::Done
    }
}
