/// What the command line asks for.
struct Arguments {
    enum Mode {
        case measure
        case allocations
        case endurance(Int)
        case profile(case: BenchmarkCase, point: Int, seconds: Double)
        case serve(Side, heartbeat: Int)
        case list
        case help
    }

    enum Extent { case quick, standard, full }

    var mode = Mode.measure
    var extent = Extent.standard
    var rounds: Int?
    var cases: [String] = []
    var sizes: [Int] = []
    var points: [Int] = []
    var sides: [Side] = []
    var sharesContext = false
    var jsonPath: String?
    var markdownPath: String?
    var plotsFolder: String?
    /// The JSON of a run to compare with.
    var comparedPath: String?
    /// The JSON of a run to show instead of running.
    var sourcePath: String?
    /// The least change that a comparison shows, in percent.
    var threshold = 5

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() { try take(word, &rest) }
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
        switch word {
        case "--quick": extent = .quick
        case "--full": extent = .full
        case "--shared-context": sharesContext = true
        case "--case":
            let name = try Self.value(word, &rest)
            _ = try Self.firstCase(called: name) { $0.hasPrefix(name) }
            cases.append(name)
        case "--rounds": rounds = try Self.number(word, &rest)
        case "--size": sizes.append(try Self.number(word, &rest))
        case "--at": points.append(try Self.number(word, &rest))
        case "--side": sides.append(try Self.side(word, &rest))
        case "--json": jsonPath = try Self.value(word, &rest)
        case "--markdown": markdownPath = try Self.value(word, &rest)
        case "--plots": plotsFolder = try Self.value(word, &rest)
        case "--compare": comparedPath = try Self.value(word, &rest)
        case "--from": sourcePath = try Self.value(word, &rest)
        case "--threshold": threshold = try Self.number(word, &rest)
        default: try takeMode(word, &rest)
        }
    }

    private mutating func takeMode(_ word: String, _ rest: inout ArraySlice<String>) throws {
        switch word {
        case "--allocations": mode = .allocations
        case "--endurance": mode = .endurance(try Self.number(word, &rest))
        case "--list": mode = .list
        case "--help", "-h": mode = .help
        case "--profile-loop":
            let name = try Self.value(word, &rest)
            let item = try Self.firstCase(called: name) { $0 == name }
            let point = try Self.number(word, &rest)
            let seconds = try Self.number(word, &rest)
            mode = .profile(case: item, point: point, seconds: Double(seconds))
        case "--serve":
            let side = try Self.side(word, &rest)
            mode = .serve(side, heartbeat: Int(try Self.value(word, &rest)) ?? 0)
        default:
            throw BenchmarkError("\(word): no such option; --help shows them")
        }
    }

    private static func firstCase(
        called name: String, where fits: (String) -> Bool
    ) throws -> BenchmarkCase {
        guard let found = BenchmarkCase.all.first(where: { fits($0.name) }) else {
            throw BenchmarkError("there is no case \(name); --list shows them")
        }
        return found
    }

    private static func value(_ option: String, _ rest: inout ArraySlice<String>) throws -> String {
        guard let value = rest.popFirst() else { throw BenchmarkError("\(option) needs a value") }
        return value
    }

    private static func number(_ option: String, _ rest: inout ArraySlice<String>) throws -> Int {
        let text = try value(option, &rest)
        guard let number = Int(text), (1...1 << 30).contains(number) else {
            throw BenchmarkError("\(option): \(text) is not a number from 1 to 1073741824")
        }
        return number
    }

    private static func side(_ option: String, _ rest: inout ArraySlice<String>) throws -> Side {
        let text = try value(option, &rest)
        guard let side = Side(rawValue: text) else {
            let all = Side.allCases.map(\.rawValue).joined(separator: ", ")
            throw BenchmarkError("\(option): \(text) is none of \(all)")
        }
        return side
    }
}
