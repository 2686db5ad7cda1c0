namespace CustomerContext.Web.Hosting;

/// <summary>The configuration is wrong; the message lists every mistake.</summary>
internal sealed class WebConfigException(string message) : Exception(message);
