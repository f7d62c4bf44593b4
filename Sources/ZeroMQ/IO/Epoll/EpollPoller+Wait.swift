#if !canImport(WinSDK) && !canImport(Darwin) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// Waiting for the kernel's events, and what they mean.
    extension EpollPoller {
        func wait(
            until deadline: Instant?, into completions: inout [Completion]
        ) throws(IOError) {
            defer { handOut(&completions) }
            guard beginTurn() else { return }
            let count = zeromq_epoll_wait(
                epoll, events.baseAddress, Int32(truncatingIfNeeded: events.count),
                nanoseconds(until: deadline))
            if count < 0 {
                if -count == System.interruptedCode { return }
                throw IOError(systemCode: -count, during: .wait)
            }
            for event in events.prefix(Int(count)) where event.data.u64 != Self.wakeData {
                let id = EntryID(
                    index: UInt32(truncatingIfNeeded: event.data.u64),
                    generation: UInt32(truncatingIfNeeded: event.data.u64 >> 32))
                if let entry = entries[id] { take(event.events, for: entry) }
            }
            runReady()
        }

        private func take(_ events: UInt32, for entry: ReadinessEntry) {
            if entry.flags.contains(.watching) {
                finishWatch(entry)
                return
            }
            let trouble = ZEROMQ_EPOLLERR | ZEROMQ_EPOLLHUP
            if entry.flags.contains(.connecting), events & (ZEROMQ_EPOLLOUT | trouble) != 0,
                !finishConnect(entry, isWritable: events & ZEROMQ_EPOLLOUT != 0)
            {
                return
            }
            if events & (trouble | ZEROMQ_EPOLLRDHUP) != 0 {
                entry.flags.formUnion([.hungUp, .readable])
                tellHangUp(entry)
            } else if events & ZEROMQ_EPOLLIN != 0 {
                entry.flags.insert(.readable)
            }
            resume(entry)
            if events & (ZEROMQ_EPOLLOUT | trouble) != 0 { resumeSending(entry) }
        }

        func watch(_ entry: EntryID) {
            guard let entry = entries[entry], !entry.flags.contains(.watching) else { return }
            entry.flags.insert(.watching)
            if entry.flags.contains(.alwaysReadable) {
                finishWatch(entry)
                return
            }
            let interest = ZEROMQ_EPOLLIN | ZEROMQ_EPOLLRDHUP | ZEROMQ_EPOLLONESHOT
            let isKnown = entry.flags.contains(.registered)
            let code = control(isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, entry, interest)
            if code == 0 {
                entry.flags.insert(.registered)
            } else if code == System.notPermittedCode {
                // A regular file cannot be polled, for reading it never waits.
                entry.flags.insert(.alwaysReadable)
                finishWatch(entry)
            } else {
                failWatch(entry, code)
            }
        }
    }
#endif
