// swift-tools-version: 6.2
import PackageDescription

// Lifetimes: spans returned from our own types (RawSpan over a frame).
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "swift-zeromq",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "ZeroMQ", targets: ["ZeroMQ"]),
        .executable(name: "zmq", targets: ["zmq"]),
    ],
    targets: [
        .target(name: "CZeroMQPlatform"),
        .target(
            name: "ZeroMQ", dependencies: ["CZeroMQPlatform"], swiftSettings: settings,
            linkerSettings: [.linkedLibrary("iphlpapi", .when(platforms: [.windows]))]),
        .executableTarget(name: "zmq", dependencies: ["ZeroMQ"], swiftSettings: settings),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], swiftSettings: settings),
        .testTarget(name: "ZMQToolTests", dependencies: ["zmq"], swiftSettings: settings),
    ]
)
