/// `guards PATH COUNT` goes so often along one of the hot paths, and does nothing else: what a
/// profiler counts grows with COUNT by exactly what one message costs. `guards --list` names them.
@main
struct Guards {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        if words.first == "--list" {
            for path in HotPath.all { print(path.name) }
            return
        }
        guard words.count == 2, let path = HotPath.all.first(where: { $0.name == words.first }),
            let count = words.last.flatMap({ Int($0) }), count >= 0
        else { throw UsageError() }
        try path.run(count)
    }
}

struct UsageError: Error, CustomStringConvertible {
    var description: String { "usage: guards PATH COUNT, or guards --list" }
}
