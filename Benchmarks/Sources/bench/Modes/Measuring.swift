import CBenchSupport

/// The benchmark proper: runs the cases, or takes an old run, and shows the results.
enum Measuring {
    /// Whether all of this library's figures could be measured. What others fail at is in the
    /// tables: under load libzmq's connects time out now and then.
    static func run(_ arguments: Arguments) throws -> Bool {
        // Opened at the start, so that a long run does not end in an error.
        let json = try arguments.jsonPath.map { try TextFile(writing: $0) }
        let markdown = try arguments.markdownPath.map { try TextFile(writing: $0) }
        let old = try arguments.comparedPath.map { try Record(contentsOf: $0) }
        let record =
            try arguments.sourcePath.map { try Record(contentsOf: $0) } ?? measure(arguments)

        print(ResultText.of(record))
        try json?.write(record.json)
        try markdown?.write(MarkdownText.of(record))
        if let folder = arguments.plotsFolder { try Plots.write(record, into: folder) }
        if let old {
            let threshold = Double(arguments.threshold) / 100
            print("\n" + Changes(from: old, to: record, threshold: threshold).text)
        }
        return record.rows.allSatisfy { row in
            Side.allCases.allSatisfy { !$0.isOurs || row.failure(of: $0) == nil }
        }
    }

    private static func measure(_ arguments: Arguments) throws -> Record {
        let descriptors = Int(clamping: bench_raise_descriptor_limit())
        let (cases, notes) = try arguments.selectedCases(descriptors: descriptors)
        let schedule = arguments.schedule
        let contexts = arguments.sharesContext ? "one context for both ends" : "a context each"
        let conditions =
            "\(schedule.name) run, \(schedule.rounds) rounds; \(contexts) (inproc: one), one I/O"
            + " thread a context, options at their defaults"
        print(([Machine.text, conditions] + notes).joined(separator: "\n") + "\n")
        let jsonPath = arguments.jsonPath
        var runner = Runner(cases, schedule: schedule) { rows in
            let record = Record(machine: Machine.text, conditions: conditions, rows: rows)
            print(ResultText.of(record))
            if let jsonPath { try? TextFile(writing: jsonPath).write(record.json) }
        }
        return Record(machine: Machine.text, conditions: conditions, rows: runner.run())
    }
}
