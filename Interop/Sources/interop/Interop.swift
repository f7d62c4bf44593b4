import Foundation

@main
struct Interop {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        let words = Array(CommandLine.arguments.dropFirst())
        if words.contains("--help") || words.contains("-h") {
            say(Arguments.help)
            return
        }
        var status: Int32 = 2
        do throws(Failure) {
            status = try run(Arguments(words))
        } catch {
            FileHandle.standardError.write(Data("interop: \(error)\n".utf8))
        }
        Scratch.remove()
        exit(status)
    }

    private static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let ours: PeerKind = arguments.isCalibrating ? .libzmq : .swift
        let foreign: [PeerKind] = arguments.isCalibrating ? [.pyzmq] : [.libzmq, .pyzmq]
        var arguments = arguments
        if arguments.isUsingIOUring, try !Requirements.allowsIOUring() {
            say("This system does not give io_uring: its columns are left out.")
            arguments.isUsingIOUring = false
        }
        let columns =
            (arguments.isAlone ? [] : Column.all(ours, foreign))
            + (arguments.isUsingIOUring
                ? Column.uring(foreign, isQuick: arguments.isQuick) : [])
            + (arguments.wine == nil ? [] : Column.wine(isQuick: arguments.isQuick))
        let cells = chosen(Catalogue.cells(columns), arguments.only)
        if arguments.isListing {
            cells.forEach { say($0.path) }
            return 0
        }
        try expect(!cells.isEmpty, "no cell matches --only \(arguments.only)")
        let titles: [PeerKind: String]
        do throws(Failure) {
            titles = try Requirements.check(Set(columns.flatMap { [$0.ours, $0.foreign] }))
        } catch {
            FileHandle.standardError.write(Data("interop: \(error)\n".utf8))
            return 3
        }
        say(introduction(columns, titles))
        if arguments.isSelfCheck { return SelfCheck.run(cells: Catalogue.cells(columns)) }
        return try runMatrix(arguments, cells, columns, titles)
    }

    private static func introduction(
        _ columns: [Column], _ titles: [PeerKind: String]
    ) -> String {
        func names(_ kinds: [PeerKind]) -> String {
            PeerKind.allCases.filter(kinds.contains).map { titles[$0] ?? "" }
                .joined(separator: " and ")
        }
        return "We are \(names(columns.map(\.ours))); the others are "
            + "\(names(columns.map(\.foreign)))."
    }

    private static func runMatrix(
        _ arguments: Arguments, _ cells: [Cell], _ columns: [Column],
        _ titles: [PeerKind: String]
    ) throws(Failure) -> Int32 {
        let start = Date()
        let outcomes = Runner(
            cells: cells, isQuick: arguments.isQuick, isVerbose: arguments.isVerbose,
            lanes: arguments.lanes, repetitions: arguments.repetitions
        ).run()
        let matrix = Matrix(
            cells: cells, outcomes: outcomes, columns: columns, titles: titles,
            notes: Catalogue.notes(arguments.isQuick))
        say("\n" + matrix.text())
        let words =
            (arguments.isQuick ? " --quick" : "")
            + (arguments.isCalibrating ? " --calibrate" : "")
            + (arguments.isUsingIOUring ? " --io-uring" : "")
            + (arguments.wine.map { " --wine \($0)" } ?? "")
        say(FailureList(cells: cells, outcomes: outcomes, arguments: words).text())
        if let path = arguments.json {
            let versions = Dictionary(
                uniqueKeysWithValues: titles.map { ($0.key.rawValue, $0.value) })
            let report = JSONReport(cells: cells, outcomes: outcomes, versions: versions)
            do {
                try report.write(to: path)
            } catch {
                throw Failure("cannot write \(path): \(error)")
            }
        }
        return summarise(outcomes, seconds: Date().timeIntervalSince(start))
    }

    private static func summarise(_ outcomes: [Outcome], seconds: Double) -> Int32 {
        var passed = 0
        var failed = 0
        for outcome in outcomes {
            switch outcome {
            case .passed: passed += 1
            case .failed: failed += 1
            case .notRun: break
            }
        }
        say(
            "\(passed) cells passed, \(failed) failed, "
                + "\(outcomes.count - passed - failed) not run, in \(Int(seconds)) s.")
        return failed == 0 ? 0 : 1
    }

    private static func chosen(_ cells: [Cell], _ patterns: [String]) -> [Cell] {
        guard !patterns.isEmpty else { return cells }
        return cells.filter { cell in patterns.contains { cell.matches($0) } }
    }
}
