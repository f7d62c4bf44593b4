/// Accepts for a server.
final class EchoListener: IOHandler {
    private let server: EchoServer
    private let make: (EchoServer, Handle) throws(IOError) -> Void

    init(_ server: EchoServer, _ make: @escaping (EchoServer, Handle) throws(IOError) -> Void) {
        self.server = server
        self.make = make
    }

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .accepted(let handle):
            do throws(IOError) {
                try make(server, handle)
            } catch {
                Host.say("failed \(error.description)")
            }
        case .acceptFailed(let error): Host.say("failed \(error.description)")
        default: break
        }
    }
}
