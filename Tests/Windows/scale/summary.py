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
                "p99": middle(lambda r: r["paced"]["p99"]),
                "server_microseconds": middle(lambda r: r["server_microseconds"]),
                "connect_seconds": middle(lambda r: r["connect_seconds"]),
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


def table(summary):
    rate = f"{summary['rate']:,}".replace(",", " ")
    lines = [
        f"| Server | Connections | Messages/s | of the first | p50, p99 at {rate}/s, ms "
        "| p50, p99 saturated, ms | Processor a message, µs |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in summary["rows"]:
        messages = f"{round(row['rate'], -2):,.0f}".replace(",", " ")
        lines.append(
            f"| {NAMES[row['server']]} | {row['connections']} | {messages} "
            f"| {row['of_first'] * 100:.0f} % | {row['p50']:.2f}, {row['p99']:.2f} "
            f"| {row['saturated_p50']:.1f}, {row['saturated_p99']:.1f} "
            f"| {row['server_microseconds']:.0f} |")
    return "\n".join(lines) + "\n"
