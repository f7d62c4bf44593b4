#if os(Linux) && !canImport(WinSDK)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// What the process holds of the machine. Only meaningful in a process of the test's own.
    enum ProcessState {
        static var descriptors: Int { entries("/proc/self/fd") }

        static var threads: Int { entries("/proc/self/task") }

        /// Memory held, in bytes: what is resident, or under a sanitizer, which keeps what was
        /// freed resident, what is allocated.
        static var residentBytes: Int {
            if let allocatedBytes { return allocatedBytes() }
            return pages(.resident)
        }

        /// Whether a sanitizer watches, which maps much more than the process asks for.
        static var isSanitized: Bool { allocatedBytes != nil }

        /// Lets the process map so many bytes more.
        static func leaveAddressSpace(_ bytes: Int) {
            let total = rlim_t(pages(.mapped) + bytes)
            var limit = rlimit(rlim_cur: total, rlim_max: total)
            #if canImport(Glibc)
                setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
            #else
                setrlimit(RLIMIT_AS, &limit)
            #endif
        }

        /// What `/proc/self/statm` counts, by its place there.
        private enum Pages: Int {
            case mapped, resident
        }

        private static func pages(_ kind: Pages) -> Int {
            guard let file = fopen("/proc/self/statm", "r") else { return 0 }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 128)
            guard fgets(&line, 128, file) != nil else { return 0 }
            let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let fields = text.split(separator: " ")
            guard fields.count > kind.rawValue else { return 0 }
            return (Int(fields[kind.rawValue]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }

        private static let allocatedBytes: (@convention(c) () -> Int)? = {
            dlsym(nil, "__sanitizer_get_current_allocated_bytes").map {
                unsafeBitCast($0, to: (@convention(c) () -> Int).self)
            }
        }()

        /// Processor time used so far, in seconds.
        static var processorSeconds: Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }

        /// Has the runtime open what it opens once and cannot do without, such as its timers, and
        /// leaves no number unused below the highest: what the process was born with may be high
        /// up, and the limit is one on numbers.
        static func prepare() async throws {
            for _ in 0..<3 { try await Task.sleep(for: .milliseconds(5)) }
            let highest = (0..<1024).last { fcntl($0, F_GETFD) >= 0 } ?? 0
            while case let filler = open("/dev/null", O_RDONLY | O_CLOEXEC), filler >= 0 {
                if filler < highest { continue }
                close(filler)
                break
            }
        }

        /// How many descriptors the process may have open.
        static var descriptorLimit: Int {
            var limit = rlimit()
            #if canImport(Glibc)
                getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            #else
                getrlimit(RLIMIT_NOFILE, &limit)
            #endif
            return Int(clamping: limit.rlim_cur)
        }

        static func limitDescriptors(to count: Int) {
            var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: rlim_t(count))
            #if canImport(Glibc)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            #else
                setrlimit(RLIMIT_NOFILE, &limit)
            #endif
        }

        /// Lets the process open so many descriptors more. The one that lists them counts itself.
        static func leaveDescriptors(_ count: Int) {
            limitDescriptors(to: descriptors - 1 + count)
        }

        private static func entries(_ path: String) -> Int {
            guard let list = opendir(path) else { return 0 }
            defer { closedir(list) }
            var count = 0
            while let entry = readdir(list) {
                let isNumber = withUnsafeBytes(of: &entry.pointee.d_name) { $0[0] != 46 }
                if isNumber { count += 1 }
            }
            return count
        }
    }
#endif
