//! Links that somebody might make to do harm. They are kept in a file, a link a line, so that the page is
//! tried with the very same; `FLOTILLA_RECORD=1` writes it anew.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::scenario::{Advance, Run};
use crate::sim::Stream;

use super::*;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/hostile_links/corpus.txt"
);
/// For how long one link may be looked at: generous, for a build without optimisation.
const LOOK_MAX: Duration = Duration::from_secs(10);
/// How many things a run from a link does here.
const EVENTS: usize = 1_000;

/// What is no link, or one of another version.
fn no_links() -> Vec<String> {
    let mut links: Vec<_> = [
        "",
        "1",
        "1.",
        ".",
        "1..",
        "1.A",
        "1.AAAA",
        "1.AAAAAAAAAAAAAA",
        "0.AAAA",
        "2.AAAA",
        "9999999999999999999.AAAA",
        "99999999999999999999.AAAA",
        "-1.AAAA",
        "1e9.AAAA",
        "01.AAAA",
        "%31.AAAA",
        "1%2EAAAA",
        "1.AAAA=",
        "1.AA==",
        "1.AA+A",
        "1.AA/A",
        "1.%00",
        "1.é",
        "1.🦀",
        "1.\u{202e}AAAA",
        "javascript:alert(1)",
        "data:text/html,<script>hacked=1</script>",
        "<img src=x onerror=\"hacked=1\">",
        "1.<img src=x onerror=\"hacked=1\">",
        "../../etc/passwd",
        "lesson=<svg/onload=hacked=1>",
        "__proto__",
        "constructor",
        "1.__proto__",
        "undefined",
        "null",
        "NaN",
    ]
    .map(str::to_owned)
    .into();
    links.push("1.".to_owned() + &"A".repeat(MAX_LINK_CHARS - 2));
    links.push("1.".to_owned() + &"A".repeat(MAX_LINK_CHARS));
    links.push("1".repeat(5_000));
    links
}

/// Letters that mean nothing, and texts of other characters.
fn noise(random: &mut Stream) -> Vec<String> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut links = Vec::new();
    for _ in 0..30 {
        let letter = |_| char::from(letters[random.below(64) as usize]);
        let count = 1 << (links.len() % 10);
        links.push("1.".to_owned() + &(0..count).map(letter).collect::<String>());
    }
    for _ in 0..20 {
        let character = |_| char::from_u32(random.below(0x2FFF) as u32 + 0x20).unwrap_or('?');
        links.push((0..20).map(character).filter(|c| !c.is_control()).collect());
    }
    links
}

/// A good link that has changed on its way.
fn mutated(random: &mut Stream) -> Vec<String> {
    let good = forged(
        "tick = 7\n",
        &["title = \"t\"\n[[step]]\nat = \"1s\"\ncrash = \"S1\"\n"],
    );
    let mut links = Vec::new();
    for number in 0..60 {
        let mut link: Vec<_> = good.bytes().collect();
        let place = random.below(link.len() as u64) as usize;
        match number % 6 {
            0 => link[place] = b'A' + random.below(26) as u8,
            1 => link.truncate(place),
            2 => drop(link.drain(..place)),
            3 => link.insert(place, b'_'),
            4 => link.reverse(),
            _ => link.extend(good.bytes().take(place)),
        }
        links.push(String::from_utf8_lossy(&link).into_owned());
    }
    links
}

/// The fragment of a body that is no text of ours, with the right checksum.
fn sealed(length: u32, packed: &[u8]) -> String {
    let mut body = length.to_le_bytes()[..3].to_vec();
    body.extend(packed);
    let mut bytes = checksum(&body).to_le_bytes().to_vec();
    bytes.extend(body);
    format!("1.{}", base64::encode(&bytes))
}

/// Packed texts that are none, or say that they are larger than they are.
fn bombs(random: &mut Stream) -> Vec<String> {
    let most = MAX_TEXT_BYTES as u32;
    let mut links = vec![
        sealed(0, &[]),
        sealed(1, &[]),
        sealed(most, &[]),
        sealed(most + 1, &[]),
        sealed(0xFF_FFFF, &[]),
    ];
    for byte in [b'\n', b'[', b'=', b'"', 0, 0xFF, b'a'] {
        let text = vec![byte; MAX_TEXT_BYTES];
        links.push(sealed(most, &pack::pack(&text)));
        links.push(sealed(0xFF_FFFF, &pack::pack(&text)));
    }
    for _ in 0..25 {
        let packed: Vec<_> = (0..random.below(200))
            .map(|_| random.below(256) as u8)
            .collect();
        links.push(sealed(random.below(3_000) as u32, &packed));
    }
    links.push(sealed(3, &pack::pack(b"\xFF\xFE\xFD")));
    links
}

/// Numbers and names in the view.
fn views() -> Vec<String> {
    let scenario = "title = \"t\"\nuntil = \"2s\"\n";
    let huge = [
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "1e999",
        "NaN",
        "0x10",
        "",
        "٣",
    ];
    let names = ["shown", "tick", "at", "speed", "selected"];
    let mut links = Vec::new();
    for name in names {
        links.extend(huge.map(|value| forged(&format!("{name} = {value}\n"), &[scenario])));
    }
    for speed in [
        f64::NAN,
        f64::INFINITY,
        -1.0,
        0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
    ] {
        links.push(forged(
            &format!("speed = {}\n", speed.to_bits()),
            &[scenario],
        ));
    }
    links.push(forged(&"x = 1\n".repeat(10_000), &[scenario]));
    links.push(forged(&"tick = 1\n".repeat(10_000), &[scenario]));
    links.push(forged("x", &[scenario]));
    links.push(forged("", &[]));
    links.push(forged("", &[""; 30]));
    links.push(forged("", &["title = \"t\""; MAX_BRANCHES + 1]));
    links.push(forged("", &["\u{0}\u{0}"; MAX_BRANCHES]));
    links
}

/// Texts that are no scenarios, or too much of one.
fn texts() -> Vec<String> {
    let crashes = |count| "\n[[step]]\nat = \"1s\"\ncrash = \"S1\"\n".repeat(count);
    let steps = |count| format!("title = \"t\"\nnodes = 51\n{}", crashes(count));
    let loads = "[[step]]\nload = { clients = 1000, rate = 1000000, keys = 1000000, writes = 1, until = \"1440m\" }\n";
    [
        "not a scenario".to_owned(),
        "title = ".to_owned(),
        format!("title = {}", "[".repeat(100_000)),
        format!("title = {}", "{a=".repeat(50_000)),
        "a.".repeat(100_000),
        "[a]\n".repeat(50_000),
        "x = 1\n".repeat(40_000),
        format!("title = \"{}\"", "t".repeat(200_000)),
        format!("title = \"t\"\nseed = {}", "9".repeat(1_000)),
        "title = \"t\"\nnodes = 52".to_owned(),
        "title = \"t\"\nnodes = -1".to_owned(),
        "title = \"t\"\nuntil = \"1441m\"".to_owned(),
        "title = \"t\"\n[network]\nloss = nan".to_owned(),
        "title = \"t\"\n[network]\nloss = inf".to_owned(),
        "title = \"t\"\n[raft]\nheartbeat = \"0ms\"".to_owned(),
        steps(4_000),
        steps(MAX_ACTS + 1),
        format!("title = \"t\"\n{loads}"),
        format!("title = \"t\"\n{}", loads.repeat(100)),
        format!(
            "title = \"t\"\n[[step]]\npartition = [{}]",
            "[\"S1\"],".repeat(20_000)
        ),
        format!(
            "title = \"t\"\n[[node]]\nid = \"S1\"\nlog = [{}]",
            "2, 1, ".repeat(30_000)
        ),
        format!(
            "title = \"t\"\n{}",
            "[[step]]\nexpect = { agree = true, within = \"1440m\" }\n".repeat(MAX_ACTS)
        ),
    ]
    .map(|text| forged("tick = 1000000\n", &[&text]))
    .into()
}

/// What must be shown as what it is: text.
fn markup() -> Vec<String> {
    let markups = [
        "<script>hacked=1</script>",
        "<img src=x onerror=hacked=1>",
        "<svg/onload=hacked=1>",
        "'><iframe srcdoc='<script>parent.hacked=1</script>'>",
        "</text><script>hacked=1</script>",
        "javascript:hacked=1",
        "{{constructor.constructor('hacked=1')()}}",
        "&lt;script&gt;hacked=1&lt;/script&gt;",
        "\u{202e}\u{2066}turned round\u{2069}",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}",
    ];
    let mut links = Vec::new();
    for text in markups {
        let steps = format!(
            "[[step]]\nat = \"1s\"\nput = {{ key = \"{text}\", value = \"{text}\", client = \"{text}\" }}\n\
             [[step]]\nat = \"2s\"\nget = {{ key = \"{text}\" }}\n"
        );
        links.push(forged(
            "tick = 2000\n",
            &[&format!("title = \"{text}\"\n{steps}")],
        ));
        links.push(forged("", &[&format!("title = \"t\"\n\"{text}\" = 1\n")]));
    }
    let long = "W".repeat(4_096);
    links.push(forged(
        "",
        &[&format!(
            "title = \"{}\"\n[[step]]\nput = {{ key = \"{long}\", value = \"{long}\" }}",
            "W".repeat(500)
        )],
    ));
    links
}

/// Runs that are as much as a link may hold, to be gone to their end or beyond it.
fn runs() -> Vec<String> {
    let view = format!(
        "tick = {}\nat = {}\nspeed = {}\n",
        u64::MAX,
        LATEST.0,
        f64::MAX.to_bits()
    );
    let day = "title = \"t\"\nuntil = \"1440m\"\nnodes = 51\n";
    let load = |rate: f64, until| {
        format!(
            "[[step]]\nat = \"1s\"\nload = {{ clients = 1000, rate = {rate}, keys = 1000000, writes = 1, until = \"{until}\" }}\n"
        )
    };
    let mut long_log =
        "title = \"t\"\n[raft]\nmax_batch = 1000000\nmax_inflight = 1000000\n".to_owned();
    let entries = "1, ".repeat(70_000);
    let _ = write!(long_log, "[[node]]\nid = \"S1\"\nlog = [{entries}]\n");
    for node in 2..=51 {
        let _ = write!(long_log, "[[node]]\nid = \"S{node}\"\n");
    }
    let storm = |raft: &str| {
        format!(
            "{day}[network]\nlatency = \"1440m\"\nduplicate = 1\n[raft]\n{raft}\n[[step]]\nat = \"1439m\"\nheal = true\n"
        )
    };
    let value = "v".repeat(4_096);
    let mut texts = vec![
        format!("{day}[[step]]\nchaos = {{ until = \"1440m\" }}\n"),
        format!("{day}[raft]\nelection_timeout = \"1us..1us\"\nheartbeat = \"1us\"\n"),
        storm("heartbeat = \"1us\""),
        storm("election_timeout = \"1us..2us\"\nheartbeat = \"1us\"\npre_vote = true"),
        format!("{day}[network]\nlatency = \"0ms\"\n[raft]\nelection_timeout = \"1us\"\nheartbeat = \"1us\"\n"),
        format!("{day}{}", load(20_000.0, "1.9s")),
        format!("{day}{}", load(0.2, "1440m")),
        format!("{day}[raft]\nsnapshot_after = 1\n[disk]\nsync = \"1440m\"\n{}", load(2_000.0, "10s")),
        long_log,
        format!("title = \"t\"\n{}", format!("[[step]]\nat = \"1s\"\nput = {{ key = \"k\", value = \"{value}\" }}\n").repeat(50)),
        format!("{day}{}", "[[step]]\nat = \"1s\"\nsnapshot = \"all\"\n[[step]]\nat = \"2s\"\ntimeout = \"all\"\n".repeat(500)),
        format!("{day}{}", "[[step]]\nat = \"1s\"\ncrash = \"all\"\n[[step]]\nat = \"1s\"\nrestart = \"all\"\n".repeat(900)),
        format!("{day}{}", (1..=900).map(|client| format!("[[step]]\nat = \"1s\"\nput = {{ key = \"k\", value = \"v\", client = \"{client}\" }}\n")).collect::<String>()),
    ];
    for mutant in [
        "match-from-nack",
        "leader-drops-stuck-entry",
        "apply-before-commit",
        "no-client-dedup",
        "count-stale-votes",
    ] {
        texts.push(format!("{day}[raft]\nmutant = \"{mutant}\"\nelection_timeout = \"10ms..20ms\"\n{}[[step]]\nchaos = {{ until = \"1440m\" }}\n", load(190.0, "100s")));
    }
    texts.iter().map(|text| forged(&view, &[text])).collect()
}

fn corpus() -> Vec<String> {
    let mut random = Stream::new(1, "hostile", 0);
    let mut links = no_links();
    links.extend(noise(&mut random));
    links.extend(mutated(&mut random));
    links.extend(bombs(&mut random));
    links.extend(views());
    links.extend(texts());
    links.extend(markup());
    links.extend(runs());
    links.retain(|link| !link.contains(char::is_control));
    links
}

#[test]
fn the_hostile_links_are_those_of_the_file() {
    let links = corpus().join("\n") + "\n";
    if std::env::var_os("FLOTILLA_RECORD").is_some() {
        std::fs::write(CORPUS, &links).expect("the corpus can be written");
    }
    let kept = std::fs::read_to_string(CORPUS).expect("the corpus is kept");
    assert!(kept == links, "record them: FLOTILLA_RECORD=1");
    assert!(kept.lines().count() >= 200);
    assert!(kept.len() < 300_000, "{}", kept.len());
}

#[test]
fn every_hostile_link_is_refused_or_opened_soon_and_what_is_opened_runs() {
    let (mut opened, mut most) = (0, Duration::ZERO);
    for link in corpus() {
        let begun = Instant::now();
        match decode(&link) {
            Err(error) => assert!(error.to_string().len() < 1_000, "{error}"),
            Ok(shared) => {
                opened += 1;
                let scenario = shared.branches[shared.shown].clone();
                let seed = scenario.seed;
                let mut run = Run::new(scenario.into(), seed);
                let until = run.scenario().until;
                for _ in 0..EVENTS {
                    if run.advance(until) == Advance::Idle {
                        break;
                    }
                }
            }
        }
        most = most.max(begun.elapsed());
        assert!(begun.elapsed() < LOOK_MAX, "{link}");
    }
    println!("{opened} are opened; the longest took {most:?}");
    assert!(opened > 20);
}

#[test]
fn a_bomb_is_as_large_as_a_link_may_make_it() {
    let text = vec![b'\n'; MAX_TEXT_BYTES];
    let packed = pack::pack(&text);
    assert!(packed.len() < 300, "{}", packed.len());
    let begun = Instant::now();
    assert_eq!(pack::unpack(&packed, MAX_TEXT_BYTES), text);
    assert!(begun.elapsed() < LOOK_MAX);
}
