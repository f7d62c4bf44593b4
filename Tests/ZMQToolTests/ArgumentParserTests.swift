import Testing

@testable import zmq

struct ArgumentParserTests {
    private func socket(_ words: String) throws -> SocketArguments? {
        let command = try ArgumentParser.parse(words.split(separator: " ").map(String.init))
        guard case .socket(let arguments) = command else { return nil }
        return arguments
    }

    @Test func everyOption() throws {
        var expected = SocketArguments(kind: .xsub)
        expected.attachments = [.bind("tcp://*:1"), .connect("ipc://a"), .bind("inproc://b")]
        expected.count = 3
        expected.timeout = .milliseconds(500)
        expected.subscriptions = [bytes("a"), [0x00, 0xff]]
        expected.routingID = bytes("me")
        expected.format = .hex
        expected.linger = .zero
        expected.highWaterMark = 0
        let words = """
            xsub --bind tcp://*:1 --connect ipc://a --bind inproc://b --count 3 --timeout 0.5 \
            --subscribe a --subscribe \\x00\\xff --routing-id me --format hex --linger 0 --hwm 0
            """
        #expect(try socket(words) == expected)
        // The same with "=", and the type at the end.
        let values = words.dropFirst(5).split(separator: " ")
        let pairs = stride(from: 0, to: values.count, by: 2).map {
            "\(values[$0])=\(values[$0 + 1])"
        }
        #expect(try socket(pairs.joined(separator: " ") + " XSUB") == expected)
    }

    @Test(arguments: SocketKind.allCases)
    func everyType(_ kind: SocketKind) throws {
        #expect(try socket("\(kind.rawValue) --bind a")?.kind == kind)
    }

    @Test func helpAndDemo() throws {
        #expect(try ArgumentParser.parse(["--help"]) == .help)
        #expect(try ArgumentParser.parse(["-h"]) == .help)
        #expect(try ArgumentParser.parse(["help"]) == .help)
        #expect(try ArgumentParser.parse(["push", "--help"]) == .help)
        #expect(try ArgumentParser.parse(["demo"]) == .demo)
    }

    @Test(arguments: [
        ("", "a socket type is missing"),
        ("--bind a", "a socket type is missing"),
        ("frob", "unknown socket type 'frob'"),
        ("demo x", "demo takes no arguments"),
        ("push", "needs --bind ENDPOINT or --connect ENDPOINT"),
        ("push pull --bind a", "unexpected argument 'pull'"),
        ("push --bind", "--bind needs a value"),
        ("push --bind a --frob", "unknown option '--frob'"),
        ("push --bind a --count 0", "--count needs a whole number from 1"),
        ("push --bind a --count x", "--count needs a whole number"),
        ("push --bind a --count 99999999999999999999", "--count needs a whole number"),
        ("push --bind a --timeout 0", "--timeout needs a number of seconds"),
        ("push --bind a --timeout nan", "--timeout needs a number of seconds"),
        ("push --bind a --timeout 1e300", "--timeout needs a number of seconds"),
        ("push --bind a --linger -1", "--linger needs a number of seconds"),
        ("push --bind a --hwm -1", "--hwm needs a whole number from 0"),
        ("push --bind a --format xml", "unknown format 'xml'"),
        ("push --bind a --echo", "--echo works with rep, router, dealer and pair"),
        ("rep --bind a --echo=1", "--echo takes no value"),
        ("pull --bind a --subscribe x", "--subscribe works with sub and xsub"),
        ("dealer --bind a --routing-id \\x00a", "--routing-id needs 1 to 255 bytes"),
        ("dealer --bind a --routing-id=", "--routing-id needs 1 to 255 bytes"),
    ])
    func mistakesAreNamed(_ words: String, _ message: String) throws {
        let error = #expect(throws: ToolError.self) { try socket(words) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("\n") == false)
    }
}
