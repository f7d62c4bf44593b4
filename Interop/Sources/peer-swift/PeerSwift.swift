import ZeroMQ

/// The peer process over our own library; ../../README.md describes the control protocol.
@main
struct PeerSwift {
    static func main() async {
        do throws(ZeroMQError) {
            let context = try Context()
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
            ControlLines.reply("err OTHER \(error)")
        }
    }
}
