/// The benchmark proper: runs the cases and prints the table.
enum Comparison {
    /// Whether everything could be measured.
    static func run(_ arguments: Arguments) throws -> Bool {
        let cases = try arguments.selectedCases()
        let file = try arguments.jsonPath.map { try TextFile(writing: $0) }
        print(Machine.text)
        let contexts = arguments.sharesContext ? "one context for both ends" : "a context each"
        print("\(contexts) (inproc: one), one I/O thread a context, options at their defaults\n")
        var runner = Runner(
            cases, schedule: arguments.schedule, sharesContext: arguments.sharesContext)
        let results = runner.run()
        print(ResultTable(results).text)
        try file?.write(JSONReport.text(results))
        return results.allSatisfy(\.failures.isEmpty)
    }
}
