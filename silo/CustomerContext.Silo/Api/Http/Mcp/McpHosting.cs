using System.Reflection;
using CustomerContext.Grains.Customers;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CustomerContext.Silo.Api.Http.Mcp;

/// <summary>The Model Context Protocol: tools that read, behind <see cref="McpDoor"/>.</summary>
internal static class McpHosting
{
    /// <summary>Adds what it needs.</summary>
    public static void AddMcp(this IServiceCollection services)
    {
        // Its templates may hold what a caller sent. What goes wrong in the tool is logged by the door.
        services.AddLogging(logging => logging.AddFilter("ModelContextProtocol", LogLevel.None));
        services.AddSingleton<IAnswerSizes, AnswerSizes>();
        services.AddSingleton<McpTool, ContextTool>();
        services.AddSingleton<McpTool, WorkTool>();
        services.AddMcpServer(server =>
        {
            server.ServerInfo = new Implementation { Name = "customercontext", Version = typeof(McpHosting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion };
        }).WithHttpTransport(transport =>
        {
            transport.Stateless = true;
            transport.ConfigureSessionOptions = (http, server, _) =>
            {
                var call = http.Features.GetRequiredFeature<McpCall>();
                var tools = http.RequestServices.GetServices<McpTool>().ToArray();
                server.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(tool => tool.Listed)], CacheScope = CacheScope.Private });
                server.Handlers.CallToolHandler = async (request, _) => tools.FirstOrDefault(tool => tool.Listed.Name == request.Params?.Name) is { } tool
                    ? await tool.Call(call, request.Params!.Arguments)
                    : throw new McpProtocolException("There is no such tool.", McpErrorCode.InvalidParams);
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Maps it.</summary>
    public static void MapMcpDoor(this WebApplication app) => app.MapMcp(McpDoor.Path).WithMetadata(new McpDoor.Mark());
}
