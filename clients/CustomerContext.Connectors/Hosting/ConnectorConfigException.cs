namespace CustomerContext.Connectors.Hosting;

/// <summary>The configuration is wrong; the message says everything that is.</summary>
internal sealed class ConnectorConfigException(string message) : Exception(message);
