//! What the tools above a view say.

use crate::catalogue::catalogue;

catalogue! {
    /// The tools.
    pub(crate) AxisTexts of "views" {
        tools: "What is in view", "Qué se ve", "O que se vê";
        zoom_in: "Zoom in", "Acercar", "Aproximar";
        zoom_out: "Zoom out", "Alejar", "Afastar";
        earlier: "Earlier", "Antes", "Antes";
        later: "Later", "Después", "Depois";
        whole: "All", "Todo", "Tudo";
    }
}
