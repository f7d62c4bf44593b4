import ZeroMQ

/// The peer process over our own library; ../../README.md describes the control protocol.
@main
struct PeerSwift {
    static func main() async {
        do throws(ZeroMQError) {
            var options = ContextOptions()
            if CommandLine.arguments.contains("--io-uring") { options.poller = .ioUring }
            let context = try Context(options)
            let peer = Peer(context)
            while let line = ControlLines.next() {
                if line.hasPrefix("quit") {
                    _ = await context.shutdown(grace: .seconds(60))
                    ControlLines.reply("ok")
                    return
                }
                ControlLines.reply(await peer.run(Words(line)))
            }
        } catch {
            let isRefused = error.code == .unsupported || error.code == .permissionDenied
            ControlLines.reply("err \(isRefused ? "REFUSED" : "OTHER") \(error)")
        }
    }
}
