#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    /// Ways to set an io_uring poller up in which something is always short, or done otherwise.
    enum IOURingSettings: String, CaseIterable, CustomTestStringConvertible {
        case usual, tinyRings, oneSmallBuffer, fewBuffers, oneShot, neverDirect
        case neverCopying, cooperative, everythingShort

        var testDescription: String { rawValue }

        var configuration: IOURingConfiguration {
            var result = IOURingConfiguration()
            switch self {
            case .usual: break
            case .tinyRings: (result.submissions, result.completions) = (1, 1)
            case .oneSmallBuffer: (result.buffers, result.bufferSize) = (1, 64)
            case .fewBuffers: (result.buffers, result.bufferSize) = (4, 1024)
            case .oneShot: result.isMultishot = false
            case .neverDirect: result.directReceives = 0
            case .neverCopying: result.zeroCopyThreshold = 1
            case .cooperative: result.setups = [.cooperative]
            case .everythingShort:
                (result.submissions, result.completions) = (2, 2)
                (result.buffers, result.bufferSize) = (2, 64)
                result.directReceives = 1
                result.zeroCopyThreshold = 1000
                result.setups = [.cooperative]
            }
            return result
        }

        func makeLoop() throws -> TestLoop {
            TestLoop(.ioUringTCP, over: try IOURingPoller(configuration))
        }
    }
#endif
