using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Messages;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Orleans;
using Tie = CustomerContext.Domain.Ties.Tie;
using TieDecision = CustomerContext.Domain.Ties.TieDecision;

namespace CustomerContext.Silo.Api.Ties;

/// <summary>The people around a customer, as the customer lists and answers them.</summary>
internal sealed class TieCalls(IGrainFactory grains, CustomerSelf self, FriendDigits digits, PublicPages pages)
{
    /// <summary>Lists.</summary>
    public async Task<ListTiesResponse> List(CustomerCaller caller, ListTiesRequest request)
    {
        var page = Page.Read(request.PageSize, request.PageToken).OrThrow();
        if (request.States.Any(state => state == TieState.Unspecified || !System.Enum.IsDefined(state)))
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "states", "must be known values"));
        }

        if (await self.FindKey(caller) is not { } me)
        {
            return new ListTiesResponse();
        }

        // Numbered by place from the oldest, so that what comes later is on no page after the first.
        var ties = (await Grain(me).ListTies())
            .OrderBy(tie => tie.StandingSince)
            .Select((tie, i) => (Number: i + 1L, Tie: tie))
            .Where(one => one.Number < page.Before && IsWanted(request, (TieState)one.Tie.Standing))
            .Reverse()
            .Take(page.Size + 1)
            .ToArray();
        var response = new ListTiesResponse();
        foreach (var few in ties.Take(page.Size).Chunk(Limits.Ties.ToldAtOnce))
        {
            response.Ties.Add(await Task.WhenAll(few.Select(one => Shown(me, one.Tie))));
        }

        response.NextPageToken = ties.Length > page.Size ? Page.TokenAfter(ties[page.Size - 1].Number) : "";
        return response;
    }

    /// <summary>Answers.</summary>
    public async Task<DecideTieResponse> Decide(CustomerCaller caller, DecideTieRequest request)
    {
        TextRules.Check(request.TieId, "tie_id", Limits.Ties.TieIdLength).OrThrow();
        var decision = (TieDecision)request.Decision;
        if (!System.Enum.IsDefined(decision))
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "decision", "must be a known value"));
        }

        var me = await Me(caller, RefusalReason.NotFound);
        var answered = (await Grain(me).DecideTie(new DecideTie(request.RequestId, request.TieId, decision))).OrThrow();
        return new DecideTieResponse { Tie = answered.Tie is { Standing: not TieStanding.None } tie ? await Shown(me, tie) : null };
    }

    /// <summary>Makes a friend code.</summary>
    public async Task<CreateFriendCodeResponse> Create(CustomerCaller caller, CreateFriendCodeRequest request)
    {
        var me = await Me(caller, RefusalReason.NotOfAge);
        var codes = digits.Make(me, request.RequestId);
        var made = (await Grain(me).MakeFriendCode(request.RequestId, [.. codes.Select(digits.KeyOf)])).OrThrow();
        var code = codes[made.Attempt];
        return new CreateFriendCodeResponse { FriendCode = code, FriendUrl = pages.FriendOf(code) ?? "", ExpiresTime = made.Until.ToTimestamp() };
    }

    /// <summary>Redeems one.</summary>
    public async Task<RedeemFriendCodeResponse> Redeem(CustomerCaller caller, RedeemFriendCodeRequest request)
    {
        var code = SecretCodes.Digits(request.FriendCode);
        TextRules.Check(code, "friend_code", Limits.Consents.CodeLength).OrThrow();
        var me = await Me(caller, RefusalReason.NotOfAge);
        var answered = (await Grain(me).RedeemFriendCode(request.RequestId, digits.KeyOf(code))).OrThrow();
        return new RedeemFriendCodeResponse { Tie = answered.Tie is { } tie ? await Shown(me, tie) : null };
    }

    /// <summary>The name is the other's to say: asked of them each time, so that it is never older than their last word.</summary>
    private async Task<V1.Tie> Shown(CustomerKey me, Tie tie) => TieTranslator.ToProto(
        me, tie, tie is { Kind: TieKind.Friend, Standing: TieStanding.Confirmed } ? await Grain(tie.Other).GetNameFor(me) : "");

    private async Task<CustomerKey> Me(CustomerCaller caller, RefusalReason ifUnknown) =>
        await self.FindKey(caller) ?? throw RpcErrors.From(new Refusal(ifUnknown));

    private ICustomerGrain Grain(CustomerKey customer) => grains.GetGrain<ICustomerGrain>(customer.Value);

    private static bool IsWanted(ListTiesRequest request, TieState state) => request.States.Count == 0 ? state != TieState.Blocked : request.States.Contains(state);
}
