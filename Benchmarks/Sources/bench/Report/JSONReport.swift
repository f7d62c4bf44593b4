/// The medians as a JSON array with one object for each case and size.
enum JSONReport {
    static func text(_ results: [CaseResult]) -> String {
        "[\n" + results.map { "  " + object($0) }.joined(separator: ",\n") + "\n]\n"
    }

    private static func object(_ result: CaseResult) -> String {
        let members =
            [
                "\"case\": \"\(result.name)\"", "\"size\": \(result.size)",
                "\"unit\": \"\(result.unit.rawValue)\"",
            ]
            + Side.allCases.map { "\"\($0.rawValue)\": \(number(result.median($0)))" }
            + ["\"ratio\": \(number(result.ratio(.ours, over: .libzmq)))"]
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        return "\(value)"
    }
}
