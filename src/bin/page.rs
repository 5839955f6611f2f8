//! The page: what trunk builds for the browser.

fn main() {
    #[cfg(target_arch = "wasm32")]
    flotilla::ui::start();
}
