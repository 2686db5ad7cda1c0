using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Topics;

namespace CustomerContext.Domain.Tests.Topics;

public sealed class TopicGateTests
{
    private static readonly TopicGate Gate = TopicGate.OfTenant(["HomeHub 3000", "e-bike"]);

    [Theory]
    [InlineData("en", "My parcel is late, I want my money back!", "delivery", "delay", "refund")]
    [InlineData("de", "Mein Paket kommt zu spät, ich will mein Geld zurück!", "delivery", "delay", "refund")]
    [InlineData("fr", "Mon colis est en retard, je veux un remboursement !", "delivery", "delay", "refund")]
    [InlineData("es", "Mi paquete llega tarde, quiero un reembolso.", "delivery", "delay", "refund")]
    [InlineData("it", "Il mio pacco è in ritardo, voglio un rimborso.", "delivery", "delay", "refund")]
    [InlineData("pt", "A minha encomenda está atrasada, quero um reembolso.", "delivery", "delay", "refund")]
    [InlineData("nl", "Mijn pakket is te laat, ik wil een terugbetaling.", "delivery", "delay", "refund")]
    public void Read_SameMatterInEveryLanguage_HasTheSameTopics(string language, string text, params string[] topics) =>
        Assert.Equal(topics.Order(), Gate.Read([], text, language).Topics.Order());

    [Theory]
    [InlineData("What is the exchange rate for my card?", "exchange-rate", "card")]
    [InlineData("I lost my sim card and my phone number", "phone-number", "lost", "sim")]
    [InlineData("#RefundNow my card does not work", "refund", "defect", "card")]
    [InlineData("The Home-Hub 3000 is broken", "defect")]
    [InlineData("The HomeHub 3000 is broken", "homehub-3000", "defect")]
    [InlineData("See https://shop.example/refund/delivery or ask @delivery about the e-bike", "e-bike")]
    [InlineData("Nothing of this is a matter")]
    [InlineData("")]
    public void Read_Text_FindsPhrasesHashtagsAndProductsBeforeWords(string text, params string[] topics) =>
        Assert.Equal(topics.Order(), Gate.Read([], text, "en").Topics.Order());

    [Theory]
    [InlineData(" Late  Delivery ", "late-delivery")]
    [InlineData("card_payment_not_recognised", "card-payment-not-recognised")]
    [InlineData("Refund_not_showing_up", "refund-not-showing-up")]
    [InlineData("age_limit", "age-limit")]
    [InlineData("get_disposable_virtual_card", "get-disposable-virtual-card")]
    [InlineData("lieferung", "lieferung")]
    [InlineData("HomeHub 3000", "homehub-3000")]
    [InlineData("billing", "billing")]
    [InlineData("my secret affair", null)]
    [InlineData("divorce", null)]
    [InlineData("the of and", null)]
    [InlineData("2026", null)]
    [InlineData("coffee", null)]
    public void Read_GivenTopic_PassesIfAllItsWordsAreService(string given, string? topic) =>
        Assert.Equal(topic is null ? [] : [topic], Gate.Read([given], default).Topics.ToArray());

    [Fact]
    public void Read_HashtagOfAnotherLanguage_Counts() =>
        Assert.Equal<string>(["refund", "delivery"], Gate.Read([], "Mein Paket ist weg, wo ist mein #refund", "de").Topics);

    [Fact]
    public void Read_DeniedTopicAmongGiven_DeniesAll() =>
        Assert.Equal((true, 0), (Gate.Read(["delivery", "diabetes"], default).IsDenied, Gate.Read(["delivery", "diabetes"], default).Topics.Length));

    [Fact]
    public void Read_Hobby_PassesFromCustomersOnly()
    {
        Assert.Empty(Gate.Read(["gardening"], default).Topics);
        Assert.Equal<string>(["gardening", "e-bike"], TopicGate.OfCustomers(["e-bike"]).Read(["Gardening", "E-Bike"], default).Topics);
    }

    [Fact]
    public void Read_ManyTopics_KeepsEightGivenFirstAndFindsThreeAtMost()
    {
        const string text = "refund, delivery, warranty, invoice and tax";

        Assert.Equal(3, Gate.Read([], text, "en").Topics.Length);
        Assert.Equal<string>(["roaming", "price", "refund", "delivery", "warranty"], Gate.Read(["roaming", "price"], text, "en").Topics);
        Assert.Equal(8, Gate.Read(["roaming", "price", "sim", "seat", "train", "meter", "water"], text, "en").Topics.Length);
    }

    [Theory]
    [InlineData("router x200", true)]
    [InlineData("a b c d e f", true)]
    [InlineData("a b c d e f g", false)]
    [InlineData("", false)]
    [InlineData("日本", false)]
    [InlineData("~pastor", false)]
    [InlineData("deliver*", false)]
    [InlineData("pregnancy pillow", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void IsProductName_Name_SaysWhetherItCanBeFound(string name, bool isOne) => Assert.Equal(isOne, TopicGate.IsProductName(name));

    [Fact]
    public void Find_LongText_AllocatesNothing()
    {
        var text = string.Concat(Enumerable.Repeat("My new router never arrived and nobody answers my #refund question. ", 100));
        TopicFinder.Find(TopicVocabulary.Shared, text, TextLanguage.English);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            TopicFinder.Find(TopicVocabulary.Shared, text, TextLanguage.English);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
