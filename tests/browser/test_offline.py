"""Reading without a connection: what was read, a whole toolkit on demand, what is never kept, and safe updates."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import small
from portal.build import worker
from portal.build.run import Options, build

from .conftest import serving

READ = ("bn/toolkits/employers/repaying-fees.html", "bn/covid-19/key-messages.html")
UNREAD = "bn/toolkits/employers/remedy.html"
TOOLKIT = "bn/toolkits/employers/index.html"
HAS_CACHE = "async (part) => (await caches.keys()).some((name) => name.includes(part))"


def until(page: Page, question: str, argument: object = None, seconds: float = 20) -> None:
    """Wait until a question in the page is answered with yes. (Playwright's own wait needs eval, which the policy forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(question, argument):
        assert time.monotonic() < end, f"never true: {question} {argument}"
        page.wait_for_timeout(100)


@dataclass
class Reader:
    """One browser with its own store, and what it complained of."""

    context: BrowserContext
    address: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _heard(self, message: object) -> None:
        text = str(getattr(message, "text", message))
        if any(word in text for word in ("Content Security Policy", "TrustedScript", "TrustedHTML")):
            self.faults.append(text)

    def read(self, path: str) -> Page:
        """Open a page while there is a connection, and wait until the worker has kept it."""
        self.page.goto(self.address + path)
        until(self.page, "() => navigator.serviceWorker.controller !== null")
        self.wait_for_key(path)
        return self.page

    def wait_for_key(self, path: str) -> None:
        key = self.address + path.removesuffix(".html").removesuffix("index")
        until(self.page, "async (key) => Boolean(await caches.match(key))", key)

    def offline(self) -> None:
        self.context.set_offline(True)


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    made = Reader(context, address)
    yield made
    context.close()
    assert made.faults == []


def say(tag: str, key: str) -> str:
    import yaml

    words = yaml.safe_load((small.REPO / f"docs/_data/strings/{tag}.yml").read_text(encoding="utf-8"))
    return str(words[key])


def test_what_was_read_is_read_again_without_a_connection(reader: Reader) -> None:
    titles = [reader.read(path).locator("h1").inner_text() for path in READ]
    assert not reader.page.locator("[data-kept-text]").is_visible()
    reader.offline()
    for path, title in zip(READ, titles, strict=True):
        reader.page.goto(reader.address + path)
        expect(reader.page.locator("h1")).to_have_text(title)
        notice = reader.page.locator("[data-kept-text]")
        expect(notice).to_be_visible()
        expect(notice).to_contain_text(say("bn", "offline.copy").split("{date}")[1].strip())
        expect(notice).to_contain_text("20")  # a year, in Western digits
        assert reader.page.evaluate("getComputedStyle(document.querySelector('.header')).borderBottomWidth") == "3px"


def test_a_page_that_is_not_kept_gives_the_offline_page_in_its_language(reader: Reader) -> None:
    reader.read(READ[0])
    reader.wait_for_key("bn/offline.html")
    reader.offline()
    page = reader.page
    page.goto(reader.address + UNREAD)
    assert page.locator("html").get_attribute("lang") == "bn"
    expect(page.get_by_text(say("bn", "keep.asked"))).to_be_visible()
    assert page.locator("[data-part=pages] a").count() == 1
    page.locator("[data-part=pages] a").click()
    expect(page).to_have_url(reader.address + READ[0])
    page.go_back()
    reader.context.set_offline(False)
    page.locator("[data-part=again]").click()
    expect(page).to_have_url(reader.address + UNREAD)
    assert not page.locator("[data-kept-text]").is_visible()


def test_a_locale_that_was_never_read_falls_back_to_english(reader: Reader) -> None:
    reader.read(READ[0])
    reader.offline()
    reader.page.goto(reader.address + "th/covid-19/key-messages.html")
    assert reader.page.locator("html").get_attribute("lang") == "en"
    expect(reader.page.get_by_text(say("en", "keep.asked"))).to_be_visible()


def test_a_kept_toolkit_works_in_flight_mode(reader: Reader) -> None:
    page = reader.read(TOOLKIT)
    block = page.locator("[data-keep]")
    expect(block.locator("[data-part=facts]")).to_contain_text("kB")
    expect(block.locator("[data-part=remove]")).to_be_hidden()
    block.locator("[data-part=start]").click()
    expect(block.locator("[data-part=state]")).to_contain_text(say("bn", "keep.done").split("{date}")[1].strip(), timeout=30000)
    expect(block.locator("[data-part=remove]")).to_be_focused()
    reader.offline()
    page.goto(reader.address + UNREAD)
    expect(page.locator("[data-kept-text]")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "bn"
    page.goto(reader.address + READ[0])
    page.locator(".task-list-item input").first.check()
    page.reload()
    expect(page.locator(".task-list-item input").first).to_be_checked()
    page.locator(".search-open").click()
    page.locator("dialog input").fill(page.locator("h1").inner_text())
    expect(page.locator("dialog a[href*='repaying-fees']").first).to_be_visible()
    page.goto(reader.address + TOOLKIT)
    expect(page.locator("[data-keep] [data-part=start]")).to_be_hidden()
    page.locator("[data-keep] [data-part=remove]").click()
    expect(page.locator("[data-part=state]")).to_have_text(say("bn", "keep.gone"))
    page.goto(reader.address + UNREAD)
    expect(page.get_by_text(say("bn", "keep.asked"))).to_be_visible()


def test_a_toolkit_that_does_not_arrive_whole_is_not_called_kept(reader: Reader) -> None:
    page = reader.read(TOOLKIT)
    reader.context.route("**/accommodation-and-transport.html", lambda route: route.abort())
    page.locator("[data-part=start]").click()
    expect(page.locator("[data-part=state]")).to_have_text(say("bn", "keep.failed"))
    expect(page.locator("[data-part=start]")).to_be_enabled()
    assert not page.evaluate(HAS_CACHE, ":keep:")


def test_the_reader_can_remove_everything_and_forbid_it(reader: Reader) -> None:
    reader.read(READ[0])
    page = reader.page
    page.goto(reader.address + "bn/offline.html")
    page.locator("[data-part=clear]").click()
    expect(page.locator("[data-part=none]")).to_be_visible()
    expect(page.locator("[data-part=state]")).to_have_text(say("bn", "keep.gone"))
    page.locator("[data-part=allow]").uncheck()
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    page.goto(reader.address + READ[1])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert not page.evaluate(HAS_CACHE, "portal:")
    page.goto(reader.address + "bn/offline.html")
    expect(page.locator("[data-part=allow]")).not_to_be_checked()
    page.locator("[data-part=allow]").check()
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 1")


@pytest.mark.parametrize("path", ["subscription/form", "subscription/confirm?token=x", "_preview/events", "resources/resources.csv", "keep/bn/employers.json"])
def test_what_the_worker_leaves_alone(path: str, reader: Reader) -> None:
    page = reader.read(READ[0])
    with page.expect_response(lambda reply: path in reply.url) as got:
        page.evaluate("(path) => fetch(path).catch(() => {})", reader.address + path)
    assert not got.value.from_service_worker
    assert not page.evaluate("async (url) => Boolean(await caches.match(url))", reader.address + path)


def test_a_sign_up_is_sent_to_the_service_and_never_kept(reader: Reader) -> None:
    page = reader.read(READ[0])
    page.locator("[data-newsletter] input[type=email]").fill("name@example.org")
    with page.expect_response(lambda reply: "/subscription/form" in reply.url) as got:
        page.locator("[data-newsletter] button").click()
    assert got.value.request.method == "POST"
    assert not got.value.from_service_worker


def test_no_more_than_sixty_pages_are_kept(reader: Reader, site: Path) -> None:
    page = reader.read(READ[0])
    others = [f.relative_to(site).as_posix() for f in sorted((site / "en" if (site / "en").is_dir() else site).rglob("toolkits/*/*.html"))]
    own = [name for name in others if name.startswith("toolkits/")] + [f"bn/{name}" for name in others if name.startswith("toolkits/")]
    assert len(own) > 64
    for name in own[:64]:
        page.goto(reader.address + name, wait_until="commit")
    reader.wait_for_key(own[63])
    count = "async () => (await (await caches.open('portal:/:pages')).keys()).length"
    until(page, f"() => ({count})().then((number) => number === 60)")


def test_without_script_nothing_is_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + TOOLKIT)
    assert not page.locator("[data-keep]").is_visible()
    context.close()


# --- Updates, on a small site of its own --------------------------------------

HOME = small.page("Home", "## In short { #in-short }\n\nHello.\n").replace("type: guidance", "type: page")
FEES = small.page("Repay fees", "## In short { #in-short }\n\nPay it back.\n")


@dataclass
class Small:
    """A small site that a test can change, below a folder of its server."""

    root: Path
    address: str

    def build(self) -> None:
        options = Options(root=self.root, place=self.root / "www" / "portal", cache=self.root / ".cache", with_pdf=False, jobs=1)
        assert build(options, lambda done, total, what: None).problems == []


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Small]:
    offline = small.page("Without internet", "## In short { #in-short }\n\nKept.\n").replace("type: guidance", "type: page\ntemplate: offline.html")
    files: dict[str, str | bytes] = {"docs/en/index.md": HOME, "docs/en/toolkits/employers/fees.md": FEES, "docs/en/offline.md": offline}
    root = small.project(tmp_path / "project", files, ("en", "vi"))
    (root / "www").mkdir()
    made = Small(root, "")
    made.build()
    with serving(root / "www" / "portal", root / "www") as address:
        made.address = address + "portal/"
        yield made


@pytest.fixture
def visitor(browser: Browser, own_site: Small) -> Iterator[Reader]:
    context = browser.new_context()
    made = Reader(context, own_site.address)
    yield made
    context.close()
    assert made.faults == []


ASSET_CACHES = "async () => (await caches.keys()).filter((name) => name.includes(':assets:'))"


def test_the_worker_keeps_to_its_folder(visitor: Reader) -> None:
    page = visitor.read("index.html")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).scope") == visitor.address
    assert all(name.startswith("portal:/portal/:") for name in page.evaluate("caches.keys()"))


def test_a_new_build_takes_over_and_an_open_page_goes_on(visitor: Reader, own_site: Small) -> None:
    page = visitor.read("toolkits/employers/fees.html")
    (old,) = page.evaluate(ASSET_CACHES)
    style = own_site.root / "docs/assets/stylesheets/portal.css"
    style.write_text(style.read_text() + "\n.header { border-block-end-width: 7px; }\n")
    small.write(own_site.root, {"docs/en/toolkits/employers/fees.md": FEES.replace("Pay it back.", "Pay all of it back.")})
    own_site.build()
    other = visitor.context.new_page()
    other.goto(visitor.address + "toolkits/employers/fees.html")
    expect(other.locator(".article")).to_contain_text("Pay all of it back.")  # fresh text, whatever worker answers
    until(other, f"() => ({ASSET_CACHES})().then((names) => names.length === 1 && names[0] !== {old!r})")
    expect(page.locator(".article")).to_contain_text("Pay it back.")
    other.reload()
    assert other.evaluate("getComputedStyle(document.querySelector('.header')).borderBottomWidth") == "7px"
    visitor.offline()
    page.reload()
    expect(page.locator(".article")).to_contain_text("Pay all of it back.")
    assert page.evaluate("getComputedStyle(document.querySelector('.header')).borderBottomWidth") == "7px"


def test_a_broken_deploy_traps_nobody(visitor: Reader, own_site: Small) -> None:
    page = visitor.read("index.html")
    place = own_site.root / "www" / "portal"
    (place / "sw.js").unlink()
    (place / "sw.js").write_text("this is no script")
    text = (place / "index.html").read_text()
    (place / "index.html").unlink()
    (place / "index.html").write_text(text.replace("Hello.", "Mended."))
    page.reload()
    # The worker waits four seconds for the network before it shows its copy: a busy machine may need a second reload.
    if "Mended." not in page.locator(".article").inner_text():
        page.reload()
    expect(page.locator(".article")).to_contain_text("Mended.")


def test_the_kill_switch_removes_worker_and_copies(visitor: Reader, own_site: Small) -> None:
    page = visitor.read("index.html")
    settings = own_site.root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("offline: true", "offline: false"))
    own_site.build()
    assert (own_site.root / "www/portal/sw.js").read_bytes() == worker.goodbye()
    page.goto(visitor.address + "toolkits/employers/fees.html")
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    until(page, "async () => (await caches.keys()).length === 0")
    page.reload()
    assert page.locator("meta[name=portal-keeps]").count() == 0
    expect(page.locator(".article")).to_contain_text("Pay it back.")
