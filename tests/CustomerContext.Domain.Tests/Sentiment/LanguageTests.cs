using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Tests.Sentiment;

public sealed class LanguageTests
{
    private static readonly TextScorer Scorer = new();

    [Theory]
    [InlineData("en", "When will my parcel arrive? I ordered it last week.")]
    [InlineData("de", "Wann kommt mein Paket an? Ich habe es letzte Woche bestellt.")]
    [InlineData("fr", "Quand est-ce que mon colis arrive ? Je l'ai commandé la semaine dernière.")]
    [InlineData("es", "¿Cuándo llega mi paquete? Lo pedí la semana pasada.")]
    [InlineData("it", "Quando arriva il mio pacco? L'ho ordinato la settimana scorsa.")]
    [InlineData("pt", "Quando é que chega a minha encomenda? Pedi na semana passada.")]
    [InlineData("nl", "Wanneer komt mijn pakket aan? Ik heb het vorige week besteld.")]
    public void Score_OneOfSeven_IsFoundWithoutHelp(string language, string text) => Assert.Equal(language, Scorer.Score(text, null).Language);

    [Theory]
    [InlineData("När kommer mitt paket? Jag beställde det förra veckan och är mycket besviken.")]
    [InlineData("Kiedy dotrze moja paczka? Zamówiłem ją w zeszłym tygodniu i jestem bardzo zły.")]
    [InlineData("Paketim ne zaman gelecek? Geçen hafta sipariş verdim ve çok kızgınım.")]
    [InlineData("Mikor érkezik meg a csomagom? Múlt héten rendeltem, és nagyon dühös vagyok.")]
    [InlineData("Когда придёт моя посылка? Я заказал её на прошлой неделе.")]
    [InlineData("我的包裹什么时候到？我上周订的。")]
    [InlineData("متى ستصل طردي؟ طلبته الأسبوع الماضي.")]
    public void Score_AnotherLanguage_SaysSoAndGivesNoScore(string text)
    {
        Assert.Equal(default, Scorer.Score(text, null));
        Assert.Equal(default, Scorer.Score(text, "en"));
    }

    /// <summary>Twenty-two sentences that nothing was trained on, in nineteen languages; five were taken for one of the seven when this was written.</summary>
    [Fact]
    public void Score_OtherLanguagesNeverTrainedOn_AreMostlyUnknown()
    {
        string[] sentences =
        [
            "Vad är det för väder imorgon? Jag tänkte gå ut med hunden på kvällen.",
            "Min son börjar skolan nästa år och vi letar efter en större lägenhet.",
            "Jeg er meget utilfreds med jeres service, det er tredje gang det sker.",
            "Kan noen hjelpe meg med å finne kvitteringen fra forrige uke?",
            "Mulla on ongelma uuden tietokoneen kanssa, se ei käynnisty ollenkaan.",
            "Moje konto zostało zablokowane bez powodu, proszę o pomoc.",
            "Dzisiaj jest piękna pogoda i idziemy z dziećmi do parku.",
            "Dnes je krásně, půjdeme s dětmi do parku a pak na zmrzlinu.",
            "Nem tudok bejelentkezni a fiókomba, kérem segítsenek.",
            "Nu pot să mă conectez la contul meu, vă rog să mă ajutați.",
            "Avui fa molt bon temps i anirem al parc amb els nens.",
            "Hesabıma giremiyorum, lütfen yardım edin.",
            "Bugün hava çok güzel, çocuklarla parka gidiyoruz.",
            "Saya tidak bisa masuk ke akun saya, tolong bantu.",
            "Ne mogu se prijaviti na svoj račun, molim pomoć.",
            "Danas je lijepo vrijeme pa idemo s djecom u park.",
            "Ma ei saa oma kontole sisse logida, palun aidake.",
            "Šiandien gražus oras, einame su vaikais į parką.",
            "Hindi ako makapasok sa account ko, pakitulungan po ako.",
            "Ek kan nie by my rekening inkom nie, help asseblief.",
            "Siwezi kuingia kwenye akaunti yangu, tafadhali nisaidie.",
            "Không thể đăng nhập vào tài khoản của tôi, xin giúp đỡ.",
        ];

        Assert.InRange(sentences.Count(sentence => Scorer.Score(sentence, null).Language is null), 16, sentences.Length);
    }

    [Fact]
    public void Score_AnotherLanguageWithSigns_ReadsTheSignsWithLittleConfidence()
    {
        var score = Scorer.Score("我的包裹什么时候到 😡😡", null);

        Assert.Null(score.Language);
        Assert.InRange(score.Score, -1, -0.1);
        Assert.InRange(score.Confidence, 0.05, 0.5);
    }

    [Theory]
    [InlineData("Super!", "de")]
    [InlineData("Super!", "fr")]
    [InlineData("no no no", "es")]
    [InlineData("no no no", "it-CH")]
    [InlineData("ok", "NL")]
    public void Score_FewLetters_TakesTheCustomersLanguage(string text, string known) =>
        Assert.Equal(known[..2].ToLowerInvariant(), Scorer.Score(text, known).Language);

    [Fact]
    public void Score_KnownLanguageAtTheLimitOfLetters_CountsBelowItOnly()
    {
        Assert.Equal("fr", Scorer.Score("what is that", "en").Language is "en" ? Scorer.Score("what is thi", "fr").Language : "");
        Assert.Equal("en", Scorer.Score("what is that there", "fr").Language);
    }

    [Fact]
    public void Score_FewLettersOfAnotherLanguage_HasNoScore() => Assert.Equal(default, Scorer.Score("super", "sv"));
}
