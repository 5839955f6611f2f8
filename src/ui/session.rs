//! What the page needs of a session: the one handle by which it sees a run and acts on it.
//!
//! The components know nothing else of the simulator; whoever implements [`Session`] decides how a
//! world is run.

use std::ops::Deref;
use std::rc::Rc;

use crate::raft::{NodeId, Time};
use crate::scenario::{Run, Scenario};
use crate::sim::{Config, NetworkConfig, ReadFrom};
use crate::timeline::share::Shared;
use crate::timeline::{Moment, Timeline};
use crate::why::{Subject, Why};

use super::act::Act;
use super::view::{
    ComparisonView, EventLog, FigureView, Inspected, MetricsView, Moving, Strip, TimeView, View,
};

/// A run that is shown: what it is now, and what can be done to it.
pub trait Session {
    /// The moment that is shown.
    fn view(&self) -> View;

    /// How the run goes on and what it was started from.
    fn run(&self) -> RunView;

    /// Where in time it is, and where it could be.
    fn time(&self) -> TimeView;

    /// The branch that is shown beside another one, if it is.
    fn comparison(&self) -> Option<Rc<ComparisonView>>;

    /// The branch that is shown, as a scenario that gives the same run up to its end.
    fn script(&self) -> Scenario;

    /// The whole run at the moment that is shown, as a link holds it, with that node selected.
    fn shared(&self, selected: Option<NodeId>) -> Shared;

    /// The branch that is shown once more from its start, and the moment that is shown of it.
    fn replay(&self) -> (Run, Moment);

    /// Why something is so at the moment that is shown; `None`: there is no such thing. It is of the
    /// part `Part::Views`, as what it makes is.
    fn why(&self, subject: Subject) -> Option<Why>;

    /// Everything that is known of it, of the same part. What takes long is found from frame to frame.
    fn inspect(&self, subject: Subject) -> Inspected;

    /// How often more has been found of what is inspected.
    fn found(&self) -> u32;

    /// The strip of the branch that is shown.
    fn strip(&self) -> Rc<dyn Strip>;

    /// The event log of the run; a new run has another one.
    fn events(&self) -> Rc<dyn EventLog>;

    /// Figure 2 at the moment that is shown, of that node or of all. Its part is `Part::Views`.
    fn figure(&self, node: Option<NodeId>) -> FigureView;

    /// Shows the branches of the run and what is kept of their past to `look`: for views of stretches of
    /// time, which find again what they need.
    fn timeline(&self, look: &mut dyn FnMut(&Timeline));

    /// What is counted of the branch that is shown. Its part is `Part::Views`.
    fn metrics(&self) -> Rc<MetricsView>;

    /// They are looked at from then to then, or all of them.
    fn look_at_metrics(&self, within: Option<(Time, Time)>);

    /// What moves between events.
    fn moving(&self) -> Rc<dyn Moving>;

    /// Does what the user asks.
    ///
    /// # Errors
    /// In words for the user, when it cannot be done now; the run is then as before.
    fn act(&self, act: Act) -> Result<(), String>;

    /// Lets `wall` seconds pass on the wall. Called once a frame with at most a tenth of a second,
    /// also while time stands. Says whether anything that is shown has changed.
    fn tick(&self, wall: f64) -> bool;
}

/// How a run goes on and what it was started from.
#[derive(Clone, PartialEq, Debug)]
pub struct RunView {
    /// Whether time runs.
    pub playing: bool,
    /// Simulated seconds a second.
    pub speed: f64,
    /// What is reached instead, when the machine cannot hold that speed.
    pub reached: Option<f64>,
    /// The conditions of the network now.
    pub network: NetworkConfig,
    /// Whether a load is under way.
    pub under_load: bool,
    /// Whether chaos reigns.
    pub in_chaos: bool,
    /// Where the proxy sends reads now.
    pub read_from: ReadFrom,
    /// What the run was started with.
    pub config: Rc<Config>,
    /// Its seed.
    pub seed: u64,
    /// Whether it plays a trace: then it has no scenario.
    pub is_trace: bool,
    /// Whether there is another run to go back to.
    pub has_last: bool,
}

/// Whether there is nothing of the user's in the branches of a run: the page begins with such a run. It
/// takes no other's place.
pub(crate) fn is_bare(branches: &[Scenario]) -> bool {
    let bare = |branch: &Scenario| {
        branch.is_live() && branch.steps.is_empty() && branch.config == Config::default()
    };
    branches.iter().all(bare)
}

/// A session as the components are given it: equal when it is the same one.
#[derive(Clone)]
pub struct SessionHandle(Rc<dyn Session>);

impl SessionHandle {
    /// The handle of a session.
    pub fn new(session: Rc<dyn Session>) -> Self {
        Self(session)
    }
}

impl PartialEq for SessionHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for SessionHandle {
    type Target = dyn Session;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}
