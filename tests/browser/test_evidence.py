"""Files dropped onto the page: a row for each, sent one by one."""

import re

from playwright.sync_api import expect

from tests.browser.seeding import answer_of, seed_year

THAI = re.compile("[ก-๙]{3}")
# What a browser hands over when files are dropped: two sound pictures and something else.
DROP = """() => {
  const canvas = document.createElement("canvas");
  const data = new DataTransfer();
  const picture = (name, width) => {
    canvas.width = width;
    const bytes = atob(canvas.toDataURL("image/png").split(",")[1]);
    const content = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
    data.items.add(new File([content], name, { type: "image/png" }));
  };
  picture("a.png", 10);
  picture("b.png", 20);
  data.items.add(new File(["no picture"], "c.png", { type: "image/png" }));
  const zone = document.querySelector("[data-pmqa-drop-zone]");
  const told = { dataTransfer: data, bubbles: true, cancelable: true };
  zone.dispatchEvent(new DragEvent("drop", told));
}"""


def test_three_dropped_files_show_three_rows(demo_office, on_day, visit):
    on_day("2027-06-15")
    item = answer_of(seed_year(), "1.1")
    officer = visit("officer")
    officer.open(f"evidence/attach/?item={item.pk}")
    officer.page.evaluate(DROP)
    rows = officer.find("[data-pmqa-drop-rows] .ev-row")
    expect(rows).to_have_count(3)
    officer.find("[data-pmqa-drop] button.btn-primary").click()
    states = "[data-pmqa-drop-rows] .ev-row[data-state='{}']"
    expect(officer.find(states.format("kept"))).to_have_count(2)
    expect(officer.find(states.format("refused"))).to_have_count(1)
    expect(officer.find(states.format("refused"))).to_contain_text(THAI)
