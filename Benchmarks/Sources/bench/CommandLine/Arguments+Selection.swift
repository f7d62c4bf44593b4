extension Arguments {
    /// The cases that are asked for, with the points and sides that are asked for, and what had to
    /// be left out.
    ///
    /// - Parameter descriptors: how many files may be open.
    func selectedCases(descriptors: Int) throws -> (cases: [BenchmarkCase], notes: [String]) {
        var notes: [String] = []
        if NngContender.version == nil {
            notes.append("nng is left out: libnng is not installed (apt-get install libnng-dev)")
        }
        let selected = BenchmarkCase.all
            .filter { item in cases.isEmpty || cases.contains { item.name.hasPrefix($0) } }
            .map { narrowed($0, descriptors, &notes) }
            .filter { !$0.points.isEmpty && !$0.contenders.isEmpty }
        if selected.isEmpty {
            let why = ["nothing is left to measure: no case has all that was selected"] + notes
            throw BenchmarkError(why.joined(separator: "\n"))
        }
        return (selected, notes)
    }

    private func narrowed(
        _ item: BenchmarkCase, _ descriptors: Int, _ notes: inout [String]
    ) -> BenchmarkCase {
        var item = item
        // A quick run of a single case has time for all of its sizes.
        let isNamed = cases.contains(item.name)
        let hasTime = isNamed && (item.axis == .bytes || item.quickPoints.isEmpty)
        if extent == .quick, !hasTime { item.points = item.quickPoints }
        if item.axis == .bytes, !sizes.isEmpty { item.points = sizes }
        if item.axis != .bytes, !points.isEmpty { item.points = points }
        item.contenders = item.contenders.filter { contender in
            (sides.isEmpty ? !contender.isOnRequest : sides.contains(contender.side))
                && (contender.side != .nng || NngContender.version != nil)
        }
        item.load.sharesContext = sharesContext
        if item.load.idleSeconds > 0 {
            // Some heartbeats of each connection at least.
            let beats = 2 * Double(item.load.heartbeat) / 1000
            item.load.idleSeconds = max(schedule.idleSeconds, beats)
        }
        if extent == .quick, !item.isTimed { item.mostRounds = 1 }
        clamp(&item, descriptors, &notes)
        return item
    }

    /// Takes back what needs more open files than there may be.
    private func clamp(_ item: inout BenchmarkCase, _ descriptors: Int, _ notes: inout [String]) {
        var points: [Int] = []
        for var point in item.points {
            if item.descriptors(at: point) > descriptors {
                let a = item.descriptors(at: 1) - item.descriptors(at: 0)
                let most = (descriptors - item.descriptors(at: 0)) / max(a, 1)
                notes.append(
                    "\(item.name): \(most) instead of \(point) \(item.axis.rawValue), for no more"
                        + " than \(descriptors) files may be open (ulimit -Hn)")
                point = most
            }
            if !points.contains(point) { points.append(point) }
        }
        item.points = points
    }

    var schedule: Schedule {
        switch extent {
        case .quick: .quick(rounds: rounds)
        case .standard: .standard(rounds: rounds)
        case .full: .full(rounds: rounds)
        }
    }
}
