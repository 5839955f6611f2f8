//! The operations of the clients: the form that asks for one, and what became of all.

use yew::prelude::*;

use crate::sim::{ReadFrom, ReadMode};
use crate::ui::act::Act;
use crate::ui::selection::Selection;
use crate::ui::shared::Shared;
use crate::ui::text::use_texts;
use crate::ui::view::OperationView;

use super::operation_form::OperationForm;
use super::operation_list::OperationList;
use super::panel::panel;

/// Properties of [`Operations`].
#[derive(Properties, PartialEq)]
pub(crate) struct OperationsProps {
    /// The operations, the newest first.
    pub(crate) operations: Shared<[OperationView]>,
    /// Where the proxy sends reads.
    pub(crate) read_from: ReadFrom,
    /// How reads are answered.
    pub(crate) read_mode: ReadMode,
    /// The selected operation.
    pub(crate) selected: Option<u64>,
    /// Something else is to be selected.
    pub(crate) on_select: Callback<Option<Selection>>,
    /// What the user does.
    pub(crate) on_act: Callback<Act>,
}

/// The form and the list of operations.
#[component]
pub(crate) fn Operations(props: &OperationsProps) -> Html {
    let texts = use_texts().operations;
    let content = html! {
        <>
            <OperationForm
                read_from={props.read_from}
                read_mode={props.read_mode}
                on_act={props.on_act.clone()}
            />
            <OperationList
                operations={props.operations.clone()}
                selected={props.selected}
                on_select={props.on_select.clone()}
            />
        </>
    };
    panel("panel-operations", texts.title(), Html::default(), content)
}
