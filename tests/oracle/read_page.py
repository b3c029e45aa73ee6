"""Opens pages of afaudit in Chromium and holds them against the JSON form of the same audits.

python read_page.py [--pictures DIR] PAGE.html REPORT.json [PAGE.html REPORT.json ...]

Prints what is wrong, a line each, and exits with 1. --pictures keeps screenshots: light, dark,
narrow, and the page on paper (PDF).
"""
import argparse
import base64
import json
import os
import pathlib
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.utils import is_url_connectable

import page_numbers

SCRIPT = pathlib.Path(__file__).with_name("read_page.js").read_text()
PATIENCE_S = 120
WIDE, NARROW = 1040, 400
SHEET = 720  # A4 between its margins, in CSS pixels.


class LocalDriver(webdriver.ChromeService):
    """chromedriver by its address: a system without /etc/hosts knows no localhost."""

    ADDRESS = "127.0.0.1"

    @property
    def service_url(self):
        return f"http://{self.ADDRESS}:{self.port}"

    def is_connectable(self):
        return is_url_connectable(self.port, self.ADDRESS)


class Browser:
    """Chromium without a window, by its driver."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage",
                         "hide-scrollbars", "remote-debugging-pipe", "force-color-profile=srgb"):
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        os.environ["no_proxy"] = LocalDriver.ADDRESS
        self.driver = webdriver.Chrome(options=options,
                                       service=LocalDriver("/usr/bin/chromedriver"))

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def emulate(self, scheme="light", media="screen", width=WIDE):
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900,
                     deviceScaleFactor=1, mobile=False)

    def open(self, path, scripts=True):
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.driver.get(path.resolve().as_uri())
        end = time.monotonic() + PATIENCE_S
        while scripts and self.value("document.body?.dataset.drawn") != "all":
            if time.monotonic() > end:
                raise TimeoutError(f"{path}: the charts are not drawn after {PATIENCE_S} s")
            time.sleep(0.02)
        self.value(SCRIPT)

    def value(self, expression):
        answer = self.command("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression[:80]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def ask(self, question):
        return self.value(f"readPage.{question}")

    def press(self, key, code):
        for kind in ("rawKeyDown", "keyUp"):
            self.command("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                         windowsVirtualKeyCode=code)

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        messages = [json.loads(entry["message"])["message"]
                    for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def picture(self, path):
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "scale": 1, "width": size["width"],
                "height": min(size["height"], 16000)}
        image = self.command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(image["data"]))

    def paper(self):
        sheet = {"paperWidth": 8.27, "paperHeight": 11.69}
        return base64.b64decode(self.command("Page.printToPDF", **sheet)["data"])


def numbers_in(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("value", "low", "high", "mean", "count", "share", "positive", "labelled"):
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    yield float(value)
            else:
                yield from numbers_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers_in(value)


def data_of(node):
    """The rows of a Vega-Lite specification's data, wherever they are."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "data":
                # Single seeds are drawn faintly; the tables have what they come to.
                yield from (row for row in value.get("values", []) if "seed" not in row)
            else:
                yield from data_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from data_of(value)


def charts_and_tables(browser, tables):
    """Each chart has a name, marks, a sentence and a table of all its numbers."""
    charts = browser.ask("specifications()")
    by_title = {}
    for table in tables:
        held = by_title.setdefault(table["title"], set())
        for row in table["rows"]:
            for field in row["fields"]:
                held.update(map(float, field["of"].split()))
    drawn = set()
    for section in browser.ask("sections()"):
        title, chart = section["title"], section["chart"]
        if not any(len(sentence) > 15 for sentence in section["sentences"]):
            yield f"{title}: no sentence says what it shows"
        if title not in by_title:
            yield f"{title}: there is no table"
        if not chart:
            continue
        drawn.add(chart["id"])
        if chart["role"] != "img" or not chart["name"].startswith(title + ". "):
            yield f"{title}: the chart has no accessible name"
        if not chart["marks"] or not chart["folded"]:
            yield f"{title}: the chart is not drawn in its table's place"
        missing = set(numbers_in(list(data_of(charts[chart["id"]])))) - by_title.get(title, set())
        if missing:
            yield f"{title}: the chart draws {sorted(missing)[:3]}, which its table has not"
    if drawn != set(charts):
        yield f"not all charts have a place: {set(charts) - drawn}"


def tables_are_readable(tables):
    for table in tables:
        if table["caption"] != table["title"]:
            yield f"{table['title']}: its table has no caption"
        if not table["scopes"] or not all(row["names"] for row in table["rows"]):
            yield f"{table['title']}: its table has cells of a head without a scope"


def keyboard(browser):
    """Tab goes through all there is to reach, in the order of the document, visibly."""
    stops = browser.ask("stops()")
    reached = []
    for _ in range(len(stops) + 1):
        browser.press("Tab", 9)
        focused = browser.ask("focused()")
        if focused["at"] < 0 or focused["at"] in reached:
            break
        reached.append(focused["at"])
        if not focused["outlined"] or not focused["name"].strip():
            yield f"'{focused['name'][:40]}' has the focus, but no outline or no name"
    if reached != stops:
        yield f"Tab reaches {len(reached)} places, expected {len(stops)} in their order"


def screen(browser, page, pictures):
    for scheme in ("light", "dark"):
        browser.emulate(scheme=scheme)
        seen = browser.ask("faint()")
        yield from (f"{scheme}: {one}" for one in seen["found"][:5])
        if (seen["paper"] < 0.1) != (scheme == "dark"):
            yield f"{scheme}: the page is not {scheme}"
        if pictures:
            browser.picture(pictures / f"{page.stem}-{scheme}.png")
    yield from browser.ask("crowding()")[:5]


def narrow(browser, page, pictures):
    browser.emulate(width=NARROW)
    browser.open(page)
    if browser.ask("width()") > NARROW:
        yield f"{NARROW} pixels: the page itself is wider: {browser.ask('width()')}"
    yield from (f"{NARROW} pixels: {one}" for one in browser.ask("crowding()")[:5])
    yield from (f"{NARROW} pixels: {one}" for one in keyboard(browser))
    if pictures:
        browser.picture(pictures / f"{page.stem}-narrow.png")


def paper(browser, page, pictures):
    """With its tables, though they are folded on the screen, and unfolded only for the while."""
    browser.emulate(media="print", width=SHEET)
    folded = "document.querySelectorAll('main details:not([open])').length"
    before = browser.value(folded)
    browser.value("addEventListener('beforeprint', () => { window.onPaper = " + folded + "; })")
    sheets = browser.paper()
    if browser.value("window.onPaper") != 0 or browser.value(folded) != before:
        yield "paper: the tables are not unfolded for printing alone"
    browser.value("for (const one of document.querySelectorAll('main details')) one.open = true;")
    yield from (f"paper: {one}" for one in browser.ask("overflowing()"))
    yield from (f"paper: hidden: {one}" for one in browser.ask("hidden('main table')"))
    if pictures:
        (pictures / f"{page.stem}.pdf").write_bytes(sheets)


def without_scripts(browser, page):
    browser.emulate()
    browser.open(page, scripts=False)
    if browser.value("document.body?.dataset.drawn"):
        yield "without scripts: a script ran"
    yield from (f"without scripts: hidden: {one}" for one in browser.ask("hidden('main table, main p')"))
    if len(browser.ask("hidden('.chart')")) != browser.value("document.querySelectorAll('.chart').length"):
        yield "without scripts: an empty chart takes room"


def faults(browser, page, report, pictures):
    browser.emulate()
    browser.open(page)
    tables = browser.ask("tables()")
    wrong, right = page_numbers.wrong_numbers(tables, json.loads(report.read_text()))
    yield from wrong[:10]
    if right < 5:
        yield f"only {right} numbers were found"
    yield from tables_are_readable(tables)
    yield from charts_and_tables(browser, tables)
    yield from screen(browser, page, pictures)
    yield from paper(browser, page, pictures)
    yield from narrow(browser, page, pictures)
    yield from without_scripts(browser, page)
    yield from (f"console: {message}" for message in browser.console())
    yield from (f"requests {url[:80]}" for url in browser.requests()
                if not url.startswith(("file:", "data:")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    browser = Browser()
    found = False
    try:
        for page, report in zip(arguments.files[::2], arguments.files[1::2], strict=True):
            for fault in faults(browser, page, report, arguments.pictures):
                print(f"{page.name}: {fault}")
                found = True
    finally:
        browser.driver.quit()
    sys.exit(found)


if __name__ == "__main__":
    main()
