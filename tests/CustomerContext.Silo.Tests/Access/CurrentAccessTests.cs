using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Tests.Access;

public sealed class CurrentAccessTests
{
    private static readonly Purpose _support = new("service.support");
    private static readonly Purpose _advice = new("sales.advice");
    private static readonly TenantCaller _agent = new(new TenantId("acme"), "agent-7", true, []) { Until = DateTimeOffset.MaxValue, Client = "desktop" };

    private readonly CurrentAccess _access = new(Acme([_support, _advice]));

    [Fact]
    public void Replace_PurposeDisabled_ItsStreamsEndAndOthersGoOn()
    {
        using var support = _access.Permit(_agent, _support);
        using var advice = _access.Permit(_agent, _advice);

        _access.Replace(Acme([_advice]));

        Assert.True(support.Ended.IsCancellationRequested);
        Assert.False(advice.Ended.IsCancellationRequested);
    }

    [Fact]
    public void Replace_TenantDisabledOrGone_ItsStreamsEnd()
    {
        foreach (var next in (AccessConfig[])[AccessConfig.Nobody, Acme([_support], isDisabled: true)])
        {
            _access.Replace(Acme([_support]));
            using var permit = _access.Permit(_agent, _support);
            _access.Replace(next);

            Assert.True(permit.Ended.IsCancellationRequested);
            Assert.False(_access.Now.Admits(_agent));
        }
    }

    [Fact]
    public void Replace_PurposeTakenFromAClient_ItsStreamsEndAndOtherClientsGoOn()
    {
        _access.Replace(Acme([_support], clients: [("desktop", [_support]), ("phone", [_support])]));
        using var desktop = _access.Permit(_agent, _support);
        using var phone = _access.Permit(_agent with { Client = "phone" }, _support);

        _access.Replace(Acme([_support], clients: [("desktop", []), ("phone", [_support])]));

        Assert.True(desktop.Ended.IsCancellationRequested);
        Assert.False(phone.Ended.IsCancellationRequested);
        Assert.True(_access.Now.Admits(_agent));
        Assert.False(_access.Now.Admits(_agent with { Client = "" }));
        Assert.False(_access.Now.Allows(_agent, _support));
    }

    /// <summary>A program that acts with the token of another may do what both may.</summary>
    [Fact]
    public void Allows_AnAiReaderWithAnothersToken_WhatBothMay()
    {
        _access.Replace(Acme([_support, _advice], clients: [("desktop", [_support, _advice]), ("assistant", [_support])]));
        var assistant = _agent with { AiClient = "assistant" };

        Assert.True(_access.Now.Allows(assistant, _support));
        Assert.False(_access.Now.Allows(assistant, _advice));
        Assert.True(_access.Now.Allows(_agent, _advice));
        Assert.False(_access.Now.Admits(_agent with { AiClient = "another" }));
    }

    [Fact]
    public void Permit_AlreadyNotAllowed_EndedAtOnce()
    {
        _access.Replace(Acme([]));
        using var permit = _access.Permit(_agent, _support);

        Assert.True(permit.Ended.IsCancellationRequested);
    }

    [Fact]
    public void Replace_AfterTheStreamIsOver_TellsNobody()
    {
        var permit = _access.Permit(_agent, _support);
        permit.Dispose();

        _access.Replace(AccessConfig.Nobody);

        Assert.False(permit.Ended.IsCancellationRequested);
    }

    private static AccessConfig Acme(Purpose[] purposes, bool isDisabled = false, params (string Id, Purpose[] Purposes)[] clients)
    {
        var id = new TenantId("acme");
        var tenant = new Tenant(
            id,
            isDisabled,
            [SourceId.Of(id, "crm")],
            purposes.ToFrozenSet(),
            clients.ToFrozenDictionary(client => client.Id, client => client.Purposes.ToFrozenSet()),
            Limits.Rates.Tenant,
            Limits.Rates.Person,
            Limits.Rates.Service);
        return AccessConfig.Nobody with { Tenants = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(id, tenant)]) };
    }
}
