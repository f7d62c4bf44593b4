/// Echoes, over the library's poller or over a loop around `poll` (`SCALE_LOOP=poll`).
/// With `SCALE_LOOP=packets` the port sends packets for operations that are done at once.
///
/// Says on which ports it listens and to which a connection must stay open while it is to run:
/// `listening PORT CONTROL`. When that is closed it waits for the end of its clients, ends, and
/// says what is left.
@main enum ScaleServer {
    static func main() {
        do throws(IOError) {
            // What is opened once in a process is no leak.
            let probe = try System.openListener(loopback, ListenOptions())
            System.close(probe)
            let before = Host.openHandles()
            let left = Host.isSet("SCALE_LOOP", to: "poll") ? try runPollLoop() : try runPoller()
            let handles = Host.openHandles() - before
            Host.say("left \(left.entries) \(left.operations) \(handles)")
            Host.exit(0)
        } catch {
            Host.say("failed \(error.description)")
            Host.exit(1)
        }
    }

    /// Entries and operations that are left.
    typealias Left = (entries: Int, operations: Int)

    static var loopback: SocketAddress { SocketAddress(ipv4: 0x7f00_0001, port: 0) }

    private static func runPoller() throws(IOError) -> Left {
        let server = try EchoServer()
        Host.say("listening \(server.ports.echo) \(server.ports.control)")
        return server.run()
    }

    private static func runPollLoop() throws(IOError) -> Left {
        var server = try PollServer()
        Host.say("listening \(server.ports.echo) \(server.ports.control)")
        server.run()
        return (server.connections, 0)
    }
}
