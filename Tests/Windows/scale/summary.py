"""Medians of rounds, and the table of them."""

from statistics import median

NAMES = {
    "iocp": "IOCP, our poller (Wine)", "wsapoll": "WSAPoll loop (Wine)",
    "epoll": "epoll, our poller (Linux)", "poll": "poll loop (Linux)",
}


def of(results, server, connections, value):
    return [
        value(r) for r in results if r["server"] == server and r["connections"] == connections]


def figures(results, rate):
    servers = [s for s in NAMES if any(r["server"] == s for r in results)]
    counts = sorted({r["connections"] for r in results})
    rows = []
    for server in servers:
        for count in counts:
            def middle(value):
                return median(of(results, server, count, value))

            rows.append({
                "server": server, "connections": count,
                "rate": middle(lambda r: r["saturated"]["rate"]),
                "saturated_p50": middle(lambda r: r["saturated"]["p50"]),
                "saturated_p99": middle(lambda r: r["saturated"]["p99"]),
                "paced_rate": middle(lambda r: r["paced"]["rate"]),
                "p50": middle(lambda r: r["paced"]["p50"]),
                "p99": middle(lambda r: r["paced"]["p99_of_parts"]),
                "p99_whole": middle(lambda r: r["paced"]["p99"]),
                "server_microseconds": middle(lambda r: r["server_microseconds"]),
                "connect_seconds": middle(lambda r: r["connect_seconds"]),
                "load_share": middle(
                    lambda r: r["saturated"]["processor"] / r["saturated"]["seconds"]),
                "others": middle(lambda r: r["others"]),
                "of_first": of_first(results, server, counts[0], count),
            })
    return {"rate": rate, "rounds": len({r["round"] for r in results}), "rows": rows}


def of_first(results, server, first, count):
    """The throughput as a part of that with the fewest connections, the median over rounds."""
    by_round = {
        r["round"]: r["saturated"]["rate"]
        for r in results if r["server"] == server and r["connections"] == first}
    return median(
        r["saturated"]["rate"] / by_round[r["round"]]
        for r in results if r["server"] == server and r["connections"] == count)


def spaced(number):
    return f"{number:,.0f}".replace(",", " ")


def brief(summary):
    """A row for each number of connections."""
    rows = summary["rows"]
    servers = list(dict.fromkeys(row["server"] for row in rows))
    lines = [
        "| Connections | " + " | ".join(NAMES[server] for server in servers) + " |",
        "|--:" * (len(servers) + 1) + "|",
    ]
    for count in sorted({row["connections"] for row in rows}):
        cells = [
            f"{spaced(round(row['rate'], -2))}/s; {row['p50']:.2f}, {row['p99']:.1f} ms"
            for server in servers for row in rows
            if (row["server"], row["connections"]) == (server, count)]
        lines.append(f"| {count} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def table(summary):
    rate = spaced(summary["rate"])
    lines = [
        f"| Server | Connections | Messages/s | of the first | p50, p99, p99 of the whole at {rate}/s, ms "
        "| p50, p99 saturated, ms | Processor a message, µs | Load's processor |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in summary["rows"]:
        lines.append(
            f"| {NAMES[row['server']]} | {row['connections']} | {spaced(round(row['rate'], -2))} "
            f"| {row['of_first'] * 100:.0f} % | {row['p50']:.2f}, {row['p99']:.1f}, {row['p99_whole']:.1f} "
            f"| {row['saturated_p50']:.1f}, {row['saturated_p99']:.1f} "
            f"| {row['server_microseconds']:.0f} | {row['load_share'] * 100:.0f} % |")
    return "\n".join(lines) + "\n"
