using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Grains;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Interactions;
using CustomerContext.Grains.Joins;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api;
using CustomerContext.Silo.Api.Queues;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Catalogue;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.Silo.Api.Http;
using CustomerContext.Silo.Api.Http.Mcp;
using CustomerContext.Silo.Api.Identities;
using CustomerContext.Silo.Api.Interactions;
using CustomerContext.Silo.Api.Joins;
using CustomerContext.Silo.Api.Signals;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Api.Ties;
using CustomerContext.Silo.Api.Tribes;
using CustomerContext.Silo.Api.Webhooks;
using CustomerContext.Silo.Ciba;
using CustomerContext.Silo.Codes;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Messages;
using CustomerContext.Silo.News;
using CustomerContext.Silo.Records;
using CustomerContext.Storage;
using CustomerContext.Storage.Journal;
using Grpc.AspNetCore.Server.Model;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Runtime;

namespace CustomerContext.Silo.Hosting;

/// <summary>Puts the process together: configuration, keys, store, Orleans, gRPC and HTTP.</summary>
internal static class SiloHost
{
    /// <summary>The process, not yet started. <paramref name="replace"/> lets a test put its own clock or store in.</summary>
    /// <exception cref="SiloConfigException">The configuration is wrong.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(CommandLine.OfSilo.Read(args));
        UnknownSettings.CheckSections(builder.Configuration);
        var tenants = TenantsSource.For(builder.Configuration);
        var config = tenants.Read();
        foreach (var folder in (string[])[config.DataFolder, config.KeysFolder, config.JournalFolder])
        {
            DataFolder.Prepare(folder);
        }

        builder.Services.AddSingleton(config);
        builder.Services.AddSingleton(tenants);
        builder.Services.AddSingleton(new CurrentAccess(config.Access));
        builder.Services.AddSingleton<IAnswerTimes>(provider => provider.GetRequiredService<CurrentAccess>());
        builder.Services.AddSingleton<IRosters>(provider => provider.GetRequiredService<CurrentAccess>());
        builder.Services.AddSingleton<TenantsFile>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TenantsFile>());
        builder.Services.AddSingleton<SilosUp>();
        builder.Services.AddSingleton(config.Tribes);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IEntropy, SystemEntropy>();
        AddAccess(builder.Services, config);
        AddRecords(builder.Services, config);
        var ciba = CibaConfigReader.Read(builder.Configuration, config);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CibaDesk>(provider, ciba, DiscoveredBy(provider)));
        builder.Services.AddSingleton<ICodeSender>(provider => config.Development
            ? ActivatorUtilities.CreateInstance<DevelopmentCodes>(provider)
            : new NoCodes());
        AddMessages(builder.Services);
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<WebhookCalls>();
        builder.Services.AddSingleton<INewsSender, NewsSender>();
        builder.Services.AddSingleton<IWorkNewsSender, WorkNewsSender>();
        AddApi(builder.Services);
        builder.Services.AddHttpDoors();
        builder.Services.AddMcp();
        builder.AddOrleans(config);
        builder.AddDoors(config);
        builder.AddTelemetry(config);
        builder.Services.AddHostedService<ErasuresAtStart>();
        builder.Services.AddHostedService<StartNotice>();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapDoors();
        return app;
    }

    private static void AddAccess(IServiceCollection services, SiloConfig config)
    {
        // Made now and not when first asked for: a command line that makes tokens needs the key file as soon as the process runs.
        var key = DeploymentKey.In(config.KeysFolder);
        services.AddSingleton(key);
        services.AddSingleton(key.Stored);
        var development = config.Development ? TokenIssuers.Development(DevelopmentKey.In(config.KeysFolder)) : null;
        services.AddSingleton<KeyFetcher>();
        services.AddSingleton<OwnTokens>();
        services.AddSingleton(provider =>
        {
            var own = provider.GetRequiredService<OwnTokens>().Trusted;
            return new TokenIssuers(development is null ? [own] : [own, development], KeysOf(provider));
        });
        services.AddSingleton<TokenReader>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<CallsInHand>();
        services.AddSingleton<LookAlarms>();
        services.AddSingleton<IdentifierHash>();
        services.AddSingleton(provider => new InteractionKeys(provider.GetRequiredService<DeploymentKey>().Derive("interactions")));
        services.AddSingleton(provider => new WorkIds(provider.GetRequiredService<DeploymentKey>().Derive("work")));
        services.AddSingleton(provider => new GroupSecret(provider.GetRequiredService<DeploymentKey>().Derive("groups")));
        services.AddSingleton<TribeReleases>();
        services.AddSingleton<NewsWait>();
        services.AddSingleton<ServedCustomers>();
        services.AddSingleton<IActivationWorkingSetObserver>(provider => provider.GetRequiredService<ServedCustomers>());
        services.AddSingleton<ServedIdentities>();
        services.AddSingleton<IActivationWorkingSetObserver>(provider => provider.GetRequiredService<ServedIdentities>());
        services.AddSingleton<IActivationWorkingSetObserver>(provider => provider.GetRequiredService<NewsWait>());
        services.AddSingleton(provider => new TiesTools(
            provider.GetRequiredService<GroupSecret>(), provider.GetRequiredService<TribeReleases>(), provider.GetRequiredService<TribeDirectory>().Topics));
        services.AddSingleton<CustomerIds>();
        services.AddSingleton<SecretCodes>();
        services.AddSingleton<FriendDigits>();
        services.AddSingleton<ActorNames>();
    }

    private static Func<Issuer, IKeySource> KeysOf(IServiceProvider services)
    {
        var fetcher = services.GetRequiredService<KeyFetcher>();
        return issuer => Fetched(services, issuer.Name, () => fetcher.Fetch(issuer));
    }

    private static Func<string, IKeySource> DiscoveredBy(IServiceProvider services)
    {
        var fetcher = services.GetRequiredService<KeyFetcher>();
        return issuer => Fetched(services, issuer, () => fetcher.Discover(issuer));
    }

    private static FetchedKeys Fetched(IServiceProvider services, string issuer, Func<Task<OpenIdConnectConfiguration>> fetch) =>
        new(
            issuer,
            fetch,
            services.GetRequiredService<SiloMetrics>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<FetchedKeys>>());

    private static void AddRecords(IServiceCollection services, SiloConfig config)
    {
        services.AddSingleton(provider => SigningKeys.In(config.KeysFolder, config.RotateReceiptKey, provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        services.AddSingleton<IRecordSigner, RecordSigner>();
        services.AddSingleton<RecordKeeping>();
        services.AddWithdrawalJournal(new JournalOptions
        {
            Folder = config.JournalFolder,
            FileName = config.Cluster is null ? JournalOptions.Alone : JournalOptions.OfSilo($"{Environment.MachineName}-{config.Silo.Port}"),
            AcceptNew = config.AcceptJournal,
        });
    }

    private static void AddMessages(IServiceCollection services)
    {
        services.AddSingleton<JoinCodes>();
        services.AddSingleton<JoinSeal>();
        services.AddSingleton<PublicPages>();
        services.AddSingleton<JoinGuesses>();
        services.AddSingleton<DevelopmentOutbox>();
        services.AddSingleton<MailCalls>();
        services.AddSingleton<AddressSeal>();
        services.AddSingleton<LookMailSender>();
        services.AddSingleton<LookMailCalls>();
        services.AddSingleton<ILookMailSender>(provider => provider.GetRequiredService<LookMailSender>());
        services.AddSingleton<MessageCaps>();
        services.AddSingleton<MessageMetrics>();
        services.AddSingleton<IMessageSender, WebhookSender>();
        services.AddSingleton<IMessageSender, SmtpSender>();
        services.AddSingleton<IJoinMessenger, JoinMessenger>();
    }

    private static void AddApi(IServiceCollection services)
    {
        services.AddSingleton<IdentityFinder>();
        services.AddSingleton<SubjectResolver>();
        services.AddSingleton<TenantActors>();
        services.AddSingleton<TenantRequests>();
        services.AddSingleton<InteractionFinder>();
        services.AddSingleton<InteractionCalls>();
        services.AddSingleton<CodeCalls>();
        services.AddSingleton<NetworkCalls>();
        services.AddSingleton<AccountSeal>();
        services.AddSingleton<NetworkAccounts>();
        services.AddSingleton<TieCalls>();
        services.AddSingleton<RequestCalls>();
        services.AddSingleton<JoinDecisions>();
        services.AddSingleton<AskCalls>();
        services.AddSingleton<JoinCalls>();
        services.AddSingleton<AcceptCalls>();
        services.AddSingleton<AnswerReader>();
        services.AddSingleton<OwnIdentifiers>();
        services.AddSingleton<TenantIdentifiers>();
        services.AddSingleton<CodePauses>();
        services.AddSingleton<CustomerSelf>();
        services.AddSingleton<RefusalFloor>();
        services.AddSingleton<Admission>();
        services.AddSingleton<ReadTranslator>();
        services.AddSingleton<OwnContext>();
        services.AddSingleton<HistoryCalls>();
        services.AddSingleton<HistoryTranslator>();
        services.AddSingleton<WatchStreams>();
        services.AddSingleton<PushLoop>();
        services.AddSingleton<AnswerTranslator>();
        services.AddSingleton<ReadyAnswers>();
        services.AddSingleton<IServiceMethodProvider<ContextApi>, ContextMethods>();
        services.AddSingleton<BriefTranslator>();
        services.AddSingleton<CatalogTranslator>();
        services.AddSingleton<GroupMessages>();
        services.AddSingleton<TribeAccess>();
        services.AddSingleton<SignalTranslator>();
        services.AddSingleton<SignalPeople>();
        services.AddSingleton<SignalDoor>();
        services.AddSingleton<RecentSignals>();
        services.AddSingleton<TopicGates>();
        services.AddSingleton<HelpPages>();
        services.AddSingleton<ISentimentScorer, TextScorer>();

        // One instance of each service for all calls: they hold nothing of a call.
        services.AddSingleton<ContextApi>();
        services.AddSingleton<SignalApi>();
        services.AddSingleton<RecordsApi>();
        services.AddSingleton<ConsentApi>();
        services.AddSingleton<IdentityApi>();
        services.AddSingleton<TribeApi>();
        services.AddSingleton<WorkLists>();
        services.AddSingleton<AttentionApi>();
        services.AddSingleton<WebhookApi>();
        services.AddSingleton<CatalogApi>();
    }
}
