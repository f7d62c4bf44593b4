"""The figures as a picture: throughput and latency over connections, both axes logarithmic."""

from math import ceil, floor, log10

COLOURS = {"iocp": "#0b5fa5", "wsapoll": "#d1642a", "epoll": "#2f8f4e", "poll": "#8a6bbd"}
LABELS = {
    "iocp": "IOCP, Wine", "wsapoll": "WSAPoll, Wine", "epoll": "epoll, Linux",
    "poll": "poll, Linux",
}
WIDTH, HEIGHT = 960, 420
PANEL_WIDTH, PANEL_HEIGHT, TOP = 300, 250, 92


class Panel:
    """Axes of one diagram."""

    def __init__(self, left, xs, values):
        self.left, self.xs = left, xs
        self.low = step_below(min(values))
        self.high = step_above(max(values))

    def x(self, value):
        low, high = log10(self.xs[0]) - 0.06, log10(self.xs[-1]) + 0.06
        return self.left + (log10(value) - low) / (high - low) * PANEL_WIDTH

    def y(self, value):
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return TOP + (1 - share) * PANEL_HEIGHT

    def axes(self, title, unit):
        bottom = TOP + PANEL_HEIGHT
        parts = [text(self.left, TOP - 30, title, size=15, weight=600),
                 text(self.left, TOP - 12, unit, colour="#666")]
        for tick in ticks(self.low, self.high):
            at = self.y(tick)
            parts.append(line(self.left, at, self.left + PANEL_WIDTH, at, "#e4e4e4"))
            parts.append(text(self.left - 8, at + 4, number(tick), anchor="end", colour="#444"))
        for value in self.xs:
            parts.append(line(self.x(value), bottom, self.x(value), bottom + 5, "#888"))
            parts.append(
                text(self.x(value), bottom + 20, number(value), anchor="middle", colour="#444"))
        parts.append(line(self.left, bottom, self.left + PANEL_WIDTH, bottom, "#888"))
        parts.append(text(
            self.left + PANEL_WIDTH / 2, bottom + 40, "connections", anchor="middle",
            colour="#666"))
        return parts

    def curve(self, points, colour, is_dashed=False):
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if is_dashed else ""
        parts = [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>']
        fill = "#fff" if is_dashed else colour
        for x, y in points:
            parts.append(
                f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3.5" fill="{fill}" '
                f'stroke="{colour}" stroke-width="1.5"/>')
        return parts

    def names(self, ends):
        """Names at the right of the curves, moved apart where they would touch."""
        parts, last = [], 0.0
        for value, name, colour in sorted(ends, reverse=True):
            y = self.y(value)
            last = max(y, last + 15)
            parts.append(text(self.left + PANEL_WIDTH + 8, last + 4, name, colour=colour))
        return parts


def step_below(value):
    power = 10 ** floor(log10(value))
    return max(power * step for step in (1, 2, 5) if power * step <= value)


def step_above(value):
    power = 10 ** floor(log10(value))
    return min(power * step for step in (1, 2, 5, 10) if power * step >= value)


def ticks(low, high):
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    steps = [10.0 ** power * step for power in powers for step in (1, 2, 5)]
    inside = [step for step in steps if low * 0.999 <= step <= high * 1.001]
    return inside if len(inside) <= 8 else [s for s in inside if f"{s:e}"[0] == "1"]


def number(value):
    if value >= 1000:
        return f"{value / 1000:g} k" if value >= 10_000 else f"{value:,.0f}".replace(",", " ")
    return f"{value:g}"


def text(x, y, what, size=12, anchor="start", colour="#222", weight=400):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{colour}" font-weight="{weight}">{what}</text>')


def line(x1, y1, x2, y2, colour):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def svg(summary):
    rows = summary["rows"]
    servers = list(dict.fromkeys(row["server"] for row in rows))
    xs = sorted({row["connections"] for row in rows})

    def points(server, key):
        return [(row["connections"], row[key]) for row in rows if row["server"] == server]

    rates = Panel(64, xs, [row["rate"] for row in rows])
    times = Panel(544, xs, [row[key] for row in rows for key in ("p50", "p99")])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica, Arial, sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(64, 32, "One I/O thread echoing 64-byte messages", size=18, weight=600)]
    parts += rates.axes("Throughput", "messages a second, one under way on each connection")
    pace = number(summary["rate"])
    parts += times.axes(
        "Latency", f"milliseconds at {pace} messages a second: p99 (full), p50 (dashed)")
    for server in servers:
        colour = COLOURS[server]
        parts += rates.curve(points(server, "rate"), colour)
        parts += times.curve(points(server, "p50"), colour, is_dashed=True)
        parts += times.curve(points(server, "p99"), colour)
    parts += rates.names(
        [(points(s, "rate")[-1][1], LABELS[s], COLOURS[s]) for s in servers])
    parts += times.names([(points(s, "p99")[-1][1], LABELS[s], COLOURS[s]) for s in servers])
    return "\n".join(parts + ["</svg>"]) + "\n"
