using CustomerContext.Browser.Tests.Harness;
using CustomerContext.V1;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests;

/// <summary>Mail about looks: one press to have it, one press to end it, and the page says where it goes.</summary>
[Collection(TownCollection.Name)]
public sealed class LookMailTests(Town town)
{
    [Fact]
    public async Task Mail_ChosenAndEnded_OnePressEach()
    {
        var address = await town.NewCustomer();
        await using var customer = await Visitor.SignIn(town, address);
        await customer.Page.GotoAsync("/me/choices");
        var now = customer.Page.GetByTestId("mail-now");
        await Assertions.Expect(now).ToHaveTextAsync("Off");

        await customer.Page.GetByTestId("mail-daily").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("mail-daily")).ToHaveCountAsync(0);
        await Assertions.Expect(now).ToContainTextAsync(address);
        Assert.Equal((LookMailKind.Daily, address, "en"), Wish((await town.As(address).Me.GetLookMailAsync()).LookMail));

        await customer.Page.GetByTestId("mail-never").ClickAsync();
        await Assertions.Expect(now).ToHaveTextAsync("Off");
        Assert.Equal(new LookMail(), (await town.As(address).Me.GetLookMailAsync()).LookMail);

        static (LookMailKind, string, string) Wish(LookMail mail) => (mail.Kind, mail.Address, mail.Language);
    }
}
