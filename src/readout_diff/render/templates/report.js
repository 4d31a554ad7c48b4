(function () {
  "use strict";
  var $ = function (s, r) { return Array.prototype.slice.call((r || document).querySelectorAll(s)); };
  var one = function (s, r) { return (r || document).querySelector(s); };
  var reading = one(".reading"), tools = one(".tools"), status = one(".status");
  if (!reading || !tools) return;
  var SVG = "http://www.w3.org/2000/svg";
  tools.hidden = false;
  document.body.classList.add("tooled");

  // Partners light up together, under the pointer and under the focus.
  function partners(el) {
    var key = el.dataset.key || el.id, all = [key].concat((el.dataset.l || "").split(" "));
    return all.filter(Boolean);
  }
  function light(el) {
    $(".hot").forEach(function (x) { x.classList.remove("hot"); });
    $(".source path.on").forEach(function (x) { x.classList.remove("on"); });
    if (!el || !el.dataset.l) return;
    var keys = partners(el);
    keys.forEach(function (k) {
      var p = document.getElementById(k), q = one('.source [data-key="' + k + '"]');
      if (p) p.classList.add("hot");
      if (q) q.classList.add("hot");
    });
    $(".source path").forEach(function (x) {
      if (x.dataset.a === keys[0] || x.dataset.b === keys[0]) x.classList.add("on");
    });
  }
  ["mouseover", "focusin"].forEach(function (type) {
    document.addEventListener(type, function (e) {
      light(e.target.closest ? e.target.closest(".p") : null);
    });
  });

  // A link to a passage in a closed run opens it, and shows it if a filter hides it.
  function reveal() {
    var el = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!el || !el.classList.contains("p")) return;
    if (!el.offsetParent) { reset(); }
    var d = el.closest("details");
    if (d) d.open = true;
    el.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);

  // Filters.
  function value(name) { return one('input[name="' + name + '"]:checked', tools).value; }
  function chosen() { return $('input[name="subject"]:checked', tools).map(function (x) { return x.value; }); }
  function fits(p, subjects, show) {
    var own = (p.dataset.t || "").split(" ");
    if (subjects.length && !own.some(function (t) { return subjects.indexOf(t) >= 0; })) return false;
    if (show === "linked") return !!p.dataset.l;
    if (show === "a" || show === "b") return p.classList.contains(show) && !p.dataset.l;
    return true;
  }
  function apply() {
    var subjects = chosen(), show = value("show"), source = value("view") === "source";
    var filtering = subjects.length || show !== "all", seen = 0, total = 0;
    $(".row", reading).forEach(function (row) {
      var ps = $(".p", row), fit = ps.filter(function (p) { return fits(p, subjects, show); });
      // Linked passages stay together: one that fits keeps its partners in view.
      var linked = row.classList.contains("linked") && fit.length > 0;
      ps.forEach(function (p) { p.hidden = !linked && fit.indexOf(p) < 0; });
      $("details.run", row).forEach(function (d) {
        d.hidden = !one(".p:not([hidden])", d);
        if (subjects.length && !d.hidden) d.open = true;
      });
      row.hidden = !one(".p:not([hidden])", row);
      total += ps.length;
      seen += ps.filter(function (p) { return !p.hidden; }).length;
    });
    status.textContent = filtering ? "Showing " + seen + " of " + total + " passages." : "";
    drawSource(source);
  }
  function reset() {
    $('input[name="subject"]', tools).forEach(function (x) { x.checked = false; });
    one('input[name="show"]', tools).checked = true;
    one('input[name="view"]', tools).checked = true;
    apply();
  }
  tools.addEventListener("change", apply);
  var clear = document.getElementById("clear");
  if (clear) clear.addEventListener("click", function () {
    $('input[name="subject"]', tools).forEach(function (x) { x.checked = false; });
    apply();
  });

  // Each account in its own order, with lines between linked passages.
  var source = null;
  function drawSource(wanted) {
    if (source) { source.remove(); source = null; }
    $(".row", reading).forEach(function (r) { if (wanted) r.hidden = true; });
    if (!wanted) return;
    var subjects = chosen(), show = value("show");
    source = document.createElement("div");
    source.className = "source";
    var seen = 0, total = 0;
    ["a", "b"].forEach(function (side) {
      var col = document.createElement("div");
      $(".p." + side, reading)
        .sort(function (x, y) { return +x.id.slice(1) - +y.id.slice(1); })
        .forEach(function (p) {
          total += 1;
          if (!fits(p, subjects, show)) return;
          seen += 1;
          var copy = p.cloneNode(true);
          copy.dataset.key = p.id;
          copy.removeAttribute("id");
          copy.hidden = false;
          col.appendChild(copy);
        });
      source.appendChild(col);
    });
    reading.appendChild(source);
    status.textContent = seen < total ? "Showing " + seen + " of " + total + " passages." : "";
    lines();
  }
  function lines() {
    if (!source) return;
    var old = one("svg", source);
    if (old) old.remove();
    var svg = document.createElementNS(SVG, "svg"), box = source.getBoundingClientRect();
    svg.setAttribute("aria-hidden", "true");
    $(".p.a[data-l]", source).forEach(function (p) {
      p.dataset.l.split(" ").forEach(function (key) {
        var q = one('[data-key="' + key + '"]', source);
        if (!q) return;
        var r = p.getBoundingClientRect(), s = q.getBoundingClientRect();
        var x0 = r.right - box.left, x1 = s.left - box.left;
        var y0 = r.top - box.top + Math.min(r.height / 2, 40), y1 = s.top - box.top + Math.min(s.height / 2, 40);
        var mid = (x0 + x1) / 2, path = document.createElementNS(SVG, "path");
        path.setAttribute("d", "M" + x0 + " " + y0 + "C" + mid + " " + y0 + " " + mid + " " + y1 + " " + x1 + " " + y1);
        path.setAttribute("class", relations[p.dataset.key + " " + key] || "");
        path.dataset.a = p.dataset.key;
        path.dataset.b = key;
        svg.appendChild(path);
      });
    });
    source.insertBefore(svg, source.firstChild);
  }
  var relations = {};
  $(".rel[data-pair]").forEach(function (r) {
    relations[r.dataset.pair] = r.className.replace("rel ", "");
  });
  var timer = 0;
  window.addEventListener("resize", function () { clearTimeout(timer); timer = setTimeout(lines, 150); });

  // A stretch of a strip leads to its passage (as the numbers in the table do, for the keyboard too).
  $(".seg[data-to]").forEach(function (seg) {
    seg.style.cursor = "pointer";
    seg.addEventListener("click", function () {
      if (location.hash === "#" + seg.dataset.to) reveal();
      location.hash = seg.dataset.to;
    });
  });

  // The data as a file, made on the spot.
  var save = document.getElementById("save"), data = document.getElementById("data");
  if (save && window.Blob && window.URL) {
    save.hidden = false;
    save.addEventListener("click", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([data.textContent], { type: "application/json" }));
      link.download = "readout-diff.json";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  }
  window.addEventListener("beforeprint", function () {
    $("details").forEach(function (d) { d.dataset.was = d.open ? "1" : ""; d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    $("details").forEach(function (d) { d.open = !!d.dataset.was; });
  });
  reveal();
})();
