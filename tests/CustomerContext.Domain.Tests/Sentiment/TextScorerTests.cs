using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Tests.Sentiment;

public sealed class TextScorerTests
{
    private static readonly TextScorer Scorer = new();

    [Theory]
    [InlineData("en", "The agent was very helpful, thank you!")]
    [InlineData("en", "I LOVE IT")]
    [InlineData("en", "It took a while, but everything is perfect now :)")]
    [InlineData("de", "Super schnelle Lieferung, ich bin sehr zufrieden, vielen Dank!")]
    [InlineData("fr", "Merci beaucoup, le service est excellent et très rapide !")]
    [InlineData("es", "Muchas gracias, la atención fue excelente y muy rápida")]
    [InlineData("it", "Grazie mille, servizio ottimo e molto gentile!")]
    [InlineData("pt", "Muito obrigado, o atendimento foi excelente, adorei!")]
    [InlineData("nl", "Heel erg bedankt, fantastische service en snel geholpen!")]
    public void Score_GoodWords_IsPositiveInItsLanguage(string language, string text)
    {
        var score = Scorer.Score(text, language);

        Assert.InRange(score.Score, 0.1, 1);
        Assert.InRange(score.Confidence, 0.2, 1);
        Assert.Equal(language, score.Language);
    }

    [Theory]
    [InlineData("en", "This is terrible, my refund never arrived")]
    [InlineData("en", "not very helpful, I am disappointed")]
    [InlineData("en", "Great phone, but the service was awful")]
    [InlineData("en", "Still waiting since monday >:( this is unacceptable")]
    [InlineData("de", "Das ist eine Frechheit, seit drei Wochen warte ich auf mein Geld. Schlechter Service!")]
    [InlineData("fr", "C'est inadmissible, j'attends depuis un mois, je suis très déçu")]
    [InlineData("es", "Es una vergüenza, el servicio es pésimo y nadie contesta")]
    [InlineData("it", "Servizio pessimo, è una vergogna, sono molto deluso")]
    [InlineData("pt", "Atendimento horrível, estou muito decepcionada, que vergonha")]
    [InlineData("nl", "Wat een waardeloze service, ik ben erg teleurgesteld en boos")]
    public void Score_BadWords_IsNegativeInItsLanguage(string language, string text)
    {
        var score = Scorer.Score(text, language);

        Assert.InRange(score.Score, -1, -0.1);
        Assert.InRange(score.Confidence, 0.2, 1);
        Assert.Equal(language, score.Language);
    }

    [Theory]
    [InlineData("en", "The service was good", "The service was not good")]
    [InlineData("de", "Der Service war gut", "Der Service war nicht gut")]
    [InlineData("fr", "Le service est bon", "Le service n'est pas bon")]
    [InlineData("es", "El servicio es bueno", "El servicio no es bueno")]
    [InlineData("it", "Il servizio è buono", "Il servizio non è buono")]
    [InlineData("pt", "O serviço é bom", "O serviço não é bom")]
    [InlineData("nl", "De service was goed", "De service was niet goed")]
    public void Score_Negated_IsTurnedRound(string language, string plain, string negated)
    {
        Assert.True(Scorer.Score(plain, language).Score > 0);
        Assert.True(Scorer.Score(negated, language).Score < 0);
    }

    [Fact]
    public void Score_BadNegated_IsNotBad()
    {
        Assert.True(Scorer.Score("Not bad at all", "en").Score > 0);
        Assert.True(Scorer.Score("Gar nicht schlecht", "de").Score > Scorer.Score("Ganz schlecht", "de").Score);
    }

    [Theory]
    [InlineData("en", "The delivery was bad", "The delivery was very bad", "The delivery was slightly bad")]
    [InlineData("de", "Die Lieferung war schlecht", "Die Lieferung war sehr schlecht", "Die Lieferung war etwas schlecht")]
    [InlineData("fr", "La livraison était mauvaise", "La livraison était très mauvaise", "La livraison était légèrement mauvaise")]
    [InlineData("es", "La entrega fue mala", "La entrega fue muy mala", "La entrega fue algo mala")]
    [InlineData("it", "La consegna era cattiva", "La consegna era molto cattiva", "La consegna era leggermente cattiva")]
    [InlineData("pt", "A entrega foi ruim", "A entrega foi muito ruim", "A entrega foi levemente ruim")]
    [InlineData("nl", "De levering was slecht", "De levering was heel slecht", "De levering was enigszins slecht")]
    public void Score_StrengthenedOrWeakened_IsOrdered(string language, string plain, string stronger, string weaker)
    {
        Assert.True(Scorer.Score(stronger, language).Score < Scorer.Score(plain, language).Score);
        Assert.True(Scorer.Score(weaker, language).Score > Scorer.Score(plain, language).Score);
    }

    [Theory]
    [InlineData("en", "The phone is great but the service is bad", "The service is bad but the phone is great")]
    [InlineData("de", "Das Telefon ist toll aber der Service ist schlecht", "Der Service ist schlecht aber das Telefon ist toll")]
    [InlineData("fr", "Le téléphone est super mais le service est nul", "Le service est nul mais le téléphone est super")]
    [InlineData("es", "El teléfono es genial pero el servicio es malo", "El servicio es malo pero el teléfono es genial")]
    [InlineData("it", "Il telefono è splendido ma il servizio è brutto", "Il servizio è brutto ma il telefono è splendido")]
    [InlineData("pt", "O telefone é lindo mas o serviço é ruim", "O serviço é ruim mas o telefone é lindo")]
    [InlineData("nl", "De telefoon is mooi maar de service is slecht", "De service is slecht maar de telefoon is mooi")]
    public void Score_Contrast_FollowsWhatComesAfterIt(string language, string endsBadly, string endsWell) =>
        Assert.True(Scorer.Score(endsBadly, language).Score < Scorer.Score(endsWell, language).Score);

    [Theory]
    [InlineData("this is bad", "this is BAD")]
    [InlineData("this is bad", "this is bad!!!")]
    [InlineData("this is bad", "this is baaaaad")]
    [InlineData("your service", "your service 😡")]
    [InlineData("your service", "your service :(")]
    [InlineData("my order arrived", "my order arrived #badService")]
    public void Score_CapitalsMarksElongationSignsHashtags_MakeItWorse(string plain, string worse) =>
        Assert.True(Scorer.Score(worse, "en").Score < Scorer.Score(plain, "en").Score);

    [Theory]
    [InlineData("@happyCompany the parcel came on monday", "the parcel came on monday")]
    [InlineData("the parcel came on monday https://example.org/love-great-happy", "the parcel came on monday")]
    [InlineData("the parcel came on monday www.lovely.example", "the parcel came on monday")]
    public void Score_MentionsAndAddresses_AreNotRead(string text, string plain) =>
        Assert.Equal(Scorer.Score(plain, "en").Score, Scorer.Score(text, "en").Score, 2);

    [Fact]
    public void Score_MoreEvidence_IsMoreConfident() =>
        Assert.True(Scorer.Score("awful, terrible, the worst service ever", "en").Confidence > Scorer.Score("it was a bit slow", "en").Confidence);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("4711 / 0815")]
    [InlineData("\uD800 \uDC00")]
    public void Score_NothingToRead_HasNoConfidence(string text) => Assert.Equal(default, Scorer.Score(text, null));

    [Fact]
    public void Score_SignsAlone_AreReadInAnyLanguage()
    {
        Assert.InRange(Scorer.Score("😡😡", null).Score, -1, -0.1);
        Assert.InRange(Scorer.Score("👍 ❤️", null).Score, 0.1, 1);
    }
}
