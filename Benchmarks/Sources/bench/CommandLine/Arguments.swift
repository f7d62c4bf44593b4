/// What the command line asks for.
struct Arguments {
    enum Mode {
        case compare
        case allocations
        case profile(case: BenchmarkCase, size: Int, seconds: Double)
        case list
        case help
    }

    var mode = Mode.compare
    var isQuick = false
    var rounds: Int?
    var cases: [String] = []
    var sizes: [Int] = []
    var sides: [Side] = []
    var sharesContext = false
    var jsonPath: String?

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() { try take(word, &rest) }
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
        switch word {
        case "--quick": isQuick = true
        case "--shared-context": sharesContext = true
        case "--allocations": mode = .allocations
        case "--list": mode = .list
        case "--help", "-h": mode = .help
        case "--case": cases.append(try Self.value(word, &rest))
        case "--json": jsonPath = try Self.value(word, &rest)
        case "--rounds": rounds = try Self.number(word, &rest)
        case "--size": sizes.append(try Self.number(word, &rest))
        case "--side": sides.append(try Self.side(word, &rest))
        case "--profile-loop":
            let name = try Self.value(word, &rest)
            guard let item = BenchmarkCase.all.first(where: { $0.name == name }) else {
                throw BenchmarkError("there is no case \(name); --list shows them")
            }
            let size = try Self.number(word, &rest)
            let seconds = try Self.number(word, &rest)
            mode = .profile(case: item, size: size, seconds: Double(seconds))
        default:
            throw BenchmarkError("\(word): no such option; --help shows them")
        }
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
