/// The results as Markdown: a section and a table for each case.
enum MarkdownText {
    static func of(_ record: Record) -> String {
        let head = """
            # Benchmark results

            \(record.machine)

            \(record.conditions)

            Each cell is the median of the rounds, in brackets the quartiles. A ratio above 1 is
            better for this library.

            """
        let sections = record.cases.map { name, rows in
            let summary = BenchmarkCase.all.first { $0.name == name }?.summary
            return "## \(name)\n\n" + (summary.map { "\($0)\n\n" } ?? "") + table(CaseTable(rows))
        }
        let notes = ResultText.notes(record).map { "- \($0)\n" }.joined()
        return head + "\n" + sections.joined(separator: "\n")
            + (notes.isEmpty ? "" : "\n## Notes\n\n\(notes)")
    }

    private static func table(_ table: CaseTable) -> String {
        let rule = table.titles.indices.map { $0 == 1 ? "---" : "---:" }
        return ([table.titles, rule] + table.cells)
            .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
}
