/// The command line of `interop`.
struct Arguments: Sendable {
    var isQuick = false
    var only: [String] = []
    var json: String?
    /// Our peer as a program for Wine.
    var wine: String?
    var isUsingIOUring = false
    /// Only the columns that were asked for by an option of their own.
    var isAlone = false
    var isCalibrating = false
    var isSelfCheck = false
    var isVerbose = false
    var isListing = false
    var lanes = 4
    var repetitions = 1

    static let help = """
        usage: interop [--quick] [--only NAME]... [--json FILE]

        Runs our sockets against libzmq (its C interface) and pyzmq, each in a process of its own,
        and prints a matrix. Exit status 1 if a cell failed, 3 if a peer is missing.

          --quick        smaller counts, some cells left out; about three minutes
          --only NAME    cells whose path has every part of NAME, as in
                         exchange, PUSH-PULL, volume/tcp, exchange/PUSH-PULL/libzmq/tcp/bind
          --json FILE    the outcome of every cell as JSON
          --wine FILE    columns for our peer as a program for Wine; see Tests/Windows
          --io-uring     columns for our peer over io_uring
          --alone        the columns of --wine and --io-uring alone
          --calibrate    libzmq in our place against pyzmq: checks the suite itself
          --self-check   peers that do one thing wrong: the suite must notice each
          --verbose      print passed cells as well
          --lanes N      light cells run side by side (4)
          --repeat N     runs each cell N times; the matrix shows the worst
          --list         print the paths of all cells
          --help         this text
        """

    init(_ words: [String]) throws(Failure) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--calibrate": isCalibrating = true
            case "--self-check": isSelfCheck = true
            case "--verbose": isVerbose = true
            case "--list": isListing = true
            case "--only": only.append(try Arguments.value(of: word, &rest))
            case "--wine": wine = try Arguments.value(of: word, &rest)
            case "--io-uring": isUsingIOUring = true
            case "--alone": isAlone = true
            case "--json": json = try Arguments.value(of: word, &rest)
            case "--lanes": lanes = try Arguments.number(of: word, in: 1...16, &rest)
            case "--repeat": repetitions = try Arguments.number(of: word, in: 1...10_000, &rest)
            default: throw Failure("unknown argument \(word); see --help")
            }
        }
    }

    private static func number(
        of word: String, in range: ClosedRange<Int>, _ rest: inout ArraySlice<String>
    ) throws(Failure) -> Int {
        let text = try value(of: word, &rest)
        guard let number = Int(text), range.contains(number) else {
            throw Failure(
                "\(word) takes \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return number
    }

    private static func value(of word: String, _ rest: inout ArraySlice<String>)
        throws(Failure) -> String
    {
        guard let value = rest.popFirst() else { throw Failure("\(word) needs a value") }
        return value
    }
}
