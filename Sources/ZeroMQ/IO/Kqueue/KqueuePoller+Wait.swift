#if !canImport(WinSDK) && canImport(Darwin)
    /// Waiting for the kernel's events, and what they mean.
    extension KqueuePoller {
        func wait(
            until deadline: Instant?, into completions: inout [Completion]
        ) throws(IOError) {
            defer { handOut(&completions) }
            guard beginTurn() else { return }
            collectChanges()
            // Each change may come back as an error, which needs a place among the events.
            var first = 0
            while changes.count - first > KernelQueue.capacity {
                try exchange(changes[first..<first + KernelQueue.capacity], timeout: 0)
                first += KernelQueue.capacity
            }
            try exchange(changes[first...], timeout: nanoseconds(until: deadline))
            changes.removeAll(keepingCapacity: true)
            runReady()
        }

        /// Turns the wishes of live entries into changes: a retired one's descriptor may be
        /// another's by now.
        private func collectChanges() {
            changes.removeAll(keepingCapacity: true)
            for entry in asking {
                entry.flags.remove(.asking)
                if entry.isRetired { continue }
                if entry.flags.contains(.watching) {
                    changes.append(.read(entry, KernelEvent.add | KernelEvent.oneShot))
                } else if entry.isSending || entry.flags.contains(.connecting) {
                    changes.append(.write(entry, KernelEvent.add | KernelEvent.dispatch))
                }
            }
            asking.removeAll(keepingCapacity: true)
        }

        private func exchange(
            _ changes: ArraySlice<KernelEvent>, timeout: Int64
        ) throws(IOError) {
            let count = queue.exchange(changes, events, timeout: timeout)
            // An interrupted wait has taken the changes all the same.
            if count == -System.interruptedCode { return }
            if count < 0 { throw IOError(systemCode: -count, during: .wait) }
            for event in events.prefix(Int(count)) where !event.isWake {
                if let entry = entries[event.id] { take(event, for: entry) }
            }
        }

        // MARK: Events

        private func take(_ event: KernelEvent, for entry: ReadinessEntry) {
            if let code = event.error {
                refused(entry, code)
            } else if entry.flags.contains(.watching) {
                finishWatch(entry)
            } else if event.isWrite {
                takeWritable(event, for: entry)
            } else {
                entry.flags.insert(.readable)
                if event.isEnd { entry.flags.insert(.hungUp) }
                // The event for writing is on its way and says how the connect ended.
                if !entry.flags.contains(.connecting) { resumeReading(entry) }
            }
        }

        private func resumeReading(_ entry: ReadinessEntry) {
            if entry.flags.contains(.hungUp) { tellHangUp(entry) }
            resume(entry)
        }

        private func takeWritable(_ event: KernelEvent, for entry: ReadinessEntry) {
            if entry.flags.contains(.connecting) {
                let isWritable = !event.isEnd
                guard finishConnect(entry, isWritable: isWritable, code: event.endCode) else {
                    return
                }
                resumeReading(entry)
            }
            resumeSending(entry)
        }

        /// The kernel will not tell about a descriptor: out of memory as a rule.
        private func refused(_ entry: ReadinessEntry, _ code: Int32) {
            if entry.flags.contains(.watching) {
                failWatch(entry, code)
            } else if entry.flags.contains(.connecting) {
                entry.flags.remove(.connecting)
                complete(entry, .connectFailed(IOError(systemCode: code, during: .connect)))
            } else if entry.isSending {
                entry.dropVectors()
                complete(entry, .sendFailed(IOError(systemCode: code, during: .send)))
            }
        }
    }
#endif
