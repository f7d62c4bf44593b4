extension Arguments {
    /// The cases that are asked for, with the sizes and sides that are asked for.
    func selectedCases() throws -> [BenchmarkCase] {
        for name in cases where !BenchmarkCase.all.contains(where: { $0.name.hasPrefix(name) }) {
            throw BenchmarkError("there is no case \(name); --list shows them")
        }
        return BenchmarkCase.all
            .filter { item in cases.isEmpty || cases.contains { item.name.hasPrefix($0) } }
            .map { item in
                BenchmarkCase(
                    name: item.name, summary: item.summary, unit: item.unit,
                    transport: item.transport,
                    sizes: sizes.isEmpty ? item.sizes : sizes,
                    contenders: item.contenders.filter {
                        sides.isEmpty || sides.contains($0.side)
                    })
            }
    }

    var schedule: Schedule {
        isQuick ? .quick(rounds: rounds) : .full(rounds: rounds)
    }
}
