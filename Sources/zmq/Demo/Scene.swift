import ZeroMQ

/// A small system of sockets: some messages that are narrated, then as many as it can.
protocol Scene: Sendable {
    /// One word, for names.
    var name: String { get }
    var title: String { get }
    var story: [String] { get }
    /// What the rate counts.
    var unit: String { get }

    /// Plays the scene and returns its rate per second.
    func play(on stage: Stage) async throws -> Double
}

enum Transport: String, CaseIterable {
    case tcp, ipc, inproc

    /// Those that this system has.
    static func available(in context: Context) async throws -> [Transport] {
        let probe = try PairSocket(context)
        var transports = allCases
        do throws(ZeroMQError) {
            try probe.bind("ipc://*")
        } catch  where error.code == .unsupported {
            transports.removeAll { $0 == .ipc }
        } catch {
            // Whatever else is wrong is told where it is played.
        }
        await probe.close(linger: .zero)
        return transports
    }
}

/// Where a scene is played: its sockets, its endpoints, and who tells about it.
struct Stage: Sendable {
    let context: Context
    let transport: Transport
    /// The name of the scene.
    let name: String
    let narrator: Narrator

    /// An endpoint to bind that nobody else uses.
    func endpoint(_ part: String) -> String {
        switch transport {
        case .tcp: "tcp://127.0.0.1:*"
        case .ipc: "ipc://*"
        case .inproc: "inproc://\(name)/\(part)"
        }
    }

    /// Tells what a part of the system does.
    func tell(_ who: String, _ what: String) {
        narrator.tell(transport.rawValue, who, what)
    }

    /// Runs `body` with a socket that is closed at the end, whatever happens.
    ///
    /// Tasks that wait for the socket are woken by that.
    func with<Socket: ZeroMQSocket, Result>(
        _ sockets: [Socket], _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body()
            for socket in sockets { await socket.close(linger: .zero) }
            return result
        } catch {
            for socket in sockets { await socket.close(linger: .zero) }
            throw error
        }
    }
}

/// How long each rate is measured.
let measuringTime = Duration.milliseconds(300)

/// Repeats `work`, which returns how much it did, and returns how much that is per second.
func rate(of work: () async throws -> Int) async throws -> Double {
    let start = ContinuousClock.now
    var done = 0
    var time = Duration.zero
    while time < measuringTime {
        done += try await work()
        time = ContinuousClock.now - start
    }
    return Double(done) / (time / .seconds(1))
}
