/// Bytes there and back.
extension Checks {
    func echoes() {
        let (count, total) = (200, 100_000)
        let done = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            for number in 0..<count {
                Self.stream(world, tally, seed: UInt64(number), total: total, done)
            }
        }
        let isDone = done.wait()
        report.check(
            "echo: \(tally.good) of \(count) clients got back each of their \(total) bytes",
            isDone && tally.good == count && tally.bytes == count * total)
        finish("echo", tally)
    }

    func largeSends() {
        let (count, total) = (8, 4_000_000)
        let done = Latch(count)
        let tally = start(make: Self.makeEcho) { world, tally in
            for number in 0..<count {
                Self.stream(
                    world, tally, seed: UInt64(number), total: total, largest: 2_000_000, done)
            }
        }
        let isDone = done.wait()
        report.check(
            "large sends: \(tally.good) of \(count) clients got back \(total) bytes in a few pieces",
            isDone && tally.good == count && tally.bytes == count * total)
        finish("large sends", tally)
    }

    /// Ends that give up in the middle of traffic, clients and servers.
    func removals() {
        let count = 200
        let done = Latch(count)
        let tally = start(
            make: { (world, handle) throws(IOError) -> End in
                // Every other connection the server gives up first.
                let isImpatient = handle.raw / 4 % 2 == 0
                return try EchoEnd(world, handle, patience: isImpatient ? 40_000 : .max)
            },
            { world, tally in
                for number in 0..<count {
                    Self.stream(
                        world, tally, seed: UInt64(number), total: 10_000_000,
                        patience: 30_000 + 100 * number, done)
                }
            })
        let isDone = done.wait()
        report.check(
            "removal under traffic: \(tally.good) of \(count) gave up, or were given up, "
                + "with \(tally.bytes) bytes there and back",
            isDone && tally.good == count && tally.bytes > 0)
        finish("removal under traffic", tally)
    }

    static var makeEcho: @Sendable (World, Handle) throws(IOError) -> End {
        { (world, handle) throws(IOError) -> End in try EchoEnd(world, handle) }
    }

    private static func stream(
        _ world: World, _ tally: Tally, seed: UInt64, total: Int, largest: Int = 9000,
        patience: Int = .max, _ done: Latch
    ) {
        do throws(IOError) {
            let end = try StreamEnd(
                world, to: tally.address, seed: seed, total: total, largest: largest)
            end.patience = patience
            end.onEnd = { end in
                // A server that gives up with bytes to read resets the connection.
                let isCut = patience < .max && end.error.map { $0.kind == .reset } ?? true
                let isWhole = end.received == total && end.error == nil
                if end.isRight, isWhole || isCut { tally.good += 1 } else { tally.bad += 1 }
                tally.bytes += end.received
                done.arrive()
            }
        } catch {
            tally.bad += 1
            done.arrive()
        }
    }
}
