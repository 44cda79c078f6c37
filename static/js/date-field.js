// B.E. date fields: the weekday is echoed while typing, repairs fill the box in one tap, and a
// calendar in Buddhist Era years opens from the button. Without this script the box still works.
(() => {
  "use strict";

  const THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙";
  const isEnglish = document.documentElement.lang === "en";
  const language = isEnglish ? "en-GB" : "th-TH";
  // The browser's own Buddhist calendar tells the distance between the eras.
  const beYear = (day) => {
    const parts = new Intl.DateTimeFormat("en-u-ca-buddhist", { year: "numeric" }).formatToParts(day);
    return Number(parts.find((part) => part.type === "year").value);
  };
  const BE = beYear(new Date(2001, 5, 1)) - 2001;
  const names = (locale, field, count, style) =>
    Array.from({ length: count }, (_, place) =>
      // 7 January 2001 was a Sunday.
      new Intl.DateTimeFormat(locale, { [field]: style }).format(
        field === "month" ? new Date(2001, place, 1) : new Date(2001, 0, 7 + place),
      ),
    );
  const bare = (name) => name.replace(/\./g, "").toLowerCase();
  const monthNames = ["th-TH", "en-GB"].flatMap((locale) => [
    names(locale, "month", 12, "long").map(bare),
    names(locale, "month", 12, "short").map((name) => bare(name).slice(0, locale === "en-GB" ? 3 : 9)),
  ]);

  const arabic = (text) =>
    text.replace(/[๐-๙]/g, (digit) => String(THAI_DIGITS.indexOf(digit)));

  // Only what is surely a date is echoed; the server decides about everything else.
  const read = (typed) => {
    const text = arabic(typed).trim();
    let parts = text.match(/^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2}|\d{4})$/);
    let month = parts ? Number(parts[2]) - 1 : -1;
    if (!parts) {
      parts = text.match(/^(\d{1,2})\s*([ก-๎.]+?|[A-Za-z]+)\.?\s*(?:พ\.?\s*ศ\.?)?\s*(\d{2}|\d{4})$/);
      if (!parts) return null;
      const name = bare(parts[2]);
      month = Math.max(...monthNames.map((list) => list.indexOf(name)));
    }
    let year = Number(parts[3]);
    if (parts[3].length === 2) year += 2500;
    if (year >= 2400) year -= BE;
    const day = new Date(year, month, Number(parts[1]));
    const isReal = day.getMonth() === month && day.getDate() === Number(parts[1]);
    return isReal && year > 1949 && year < 2151 ? day : null;
  };

  const inWords = (day) => {
    const word = (options) => new Intl.DateTimeFormat(language, options).format(day);
    const weekday = word({ weekday: "long" });
    const rest = `${day.getDate()} ${word({ month: "long" })} ${day.getFullYear() + BE}`;
    return isEnglish ? `${weekday} ${rest}` : `${weekday}ที่ ${rest}`;
  };

  const asTyped = (day) => `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear() + BE}`;

  const openCalendar = (field, input, button) => {
    const short = isEnglish ? "short" : "narrow";
    const locale = {
      days: names(language, "weekday", 7, "long"),
      daysShort: names(language, "weekday", 7, "short"),
      daysMin: names(language, "weekday", 7, short).map((name) => name.slice(0, 2)),
      months: names(language, "month", 12, "long"),
      monthsShort: names(language, "month", 12, "short"),
      dateFormat: "d/M/yyyy",
      timeFormat: "HH:mm",
      firstDay: 0,
    };
    const holder = document.createElement("input");
    holder.type = "hidden";
    field.append(holder);
    const picker = new window.AirDatepicker(holder, {
      locale,
      autoClose: true,
      isMobile: window.innerWidth < 768,
      selectedDates: [read(input.value) || new Date()],
      navTitles: {
        days: (dp) => `${locale.months[dp.viewDate.getMonth()]} ${dp.viewDate.getFullYear() + BE}`,
        months: (dp) => String(dp.viewDate.getFullYear() + BE),
        years: (dp) => {
          const first = Math.floor(dp.viewDate.getFullYear() / 10) * 10 + BE;
          return `${first} – ${first + 9}`;
        },
      },
      onRenderCell: ({ date, cellType }) =>
        cellType === "year" ? { html: String(date.getFullYear() + BE) } : undefined,
      onSelect: ({ date }) => {
        if (!date) return;
        input.value = asTyped(date);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      },
      position({ $datepicker }) {
        const box = button.getBoundingClientRect();
        $datepicker.style.left = `${Math.max(8, box.right - $datepicker.clientWidth)}px`;
        $datepicker.style.top = `${box.bottom + window.scrollY + 4}px`;
      },
    });
    picker.show();
  };

  document.querySelectorAll("[data-pmqa-date]").forEach((field) => {
    const input = field.querySelector("input");
    const echo = field.querySelector("[data-pmqa-date-echo]");
    const button = field.querySelector("[data-pmqa-date-button]");
    input.addEventListener("input", () => {
      const day = read(input.value);
      echo.textContent = day ? inWords(day) : "";
    });
    const repairs = field.querySelector("[data-pmqa-date-repairs]");
    if (repairs) repairs.hidden = false;
    if (button && window.AirDatepicker) {
      button.hidden = false;
      button.addEventListener("click", () => openCalendar(field, input, button));
    }
  });

  document.addEventListener("click", (event) => {
    const repair = event.target.closest("[data-pmqa-date-repair]");
    if (!repair) return;
    const field = repair.closest("[data-pmqa-date]");
    const input = field.querySelector("input");
    // The old refusal would contradict the day that is now in the box.
    const refusal = field.parentElement.querySelector(".invalid-feedback");
    if (refusal) refusal.remove();
    input.value = repair.dataset.pmqaDateRepair;
    input.classList.remove("is-invalid");
    repair.parentElement.hidden = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
})();
