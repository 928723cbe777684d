using System.Text;
using Paydown.Server.Platform.Pdf;
using Shouldly;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using Xunit;

namespace Paydown.Server.Tests.Platform.Pdf;

public sealed class PaperTests
{
    private static readonly PaperColumn[] Columns = [new("Name", 1, IsAmount: false), new("Amount", 1), new("Left", 1)];

    [Fact]
    public void Names_and_currencies_of_many_alphabets_are_in_the_text()
    {
        const string names = "₦ € ₹ Nguyễn Çağla Łukasz Ελένη Дмитрий";
        var pdf = Write(paper => paper.Facts(("Name", names)));
        TextOf(pdf).ShouldContain(names);
        Encoding.Latin1.GetString(pdf).ShouldContain("/StructTreeRoot");
    }

    [Fact]
    public void A_long_word_is_broken_and_a_large_amount_is_not()
    {
        var name = new string('W', 200);
        const string amount = "92,233,720,368,547,758.07";
        var pdf = Write(paper =>
            paper.Table(
                Columns,
                [
                    [name, amount, amount],
                ]
            )
        );
        TextOf(pdf).Replace(" ", "").ShouldContain(name[..20]);
        TextOf(pdf).ShouldContain($"{amount} {amount}");
    }

    [Fact]
    public void Control_characters_are_spaces_and_characters_without_a_picture_do_no_harm() =>
        TextOf(Write(paper => paper.Paragraph("one\ntwo\0three 😀 שלום"))).ShouldContain("one two three");

    [Fact]
    public void Other_content_has_another_id_and_the_same_content_the_same_bytes()
    {
        Write(paper => paper.Paragraph("one")).ShouldBe(Write(paper => paper.Paragraph("one")));
        var (one, two) = (Write(paper => paper.Paragraph("one")), Write(paper => paper.Paragraph("two")));
        IdOf(one).ShouldNotBe(IdOf(two));
    }

    [Fact]
    public void A_heading_is_not_alone_at_the_foot_of_a_page()
    {
        for (var lines = 40; lines < 60; lines++)
        {
            var pdf = Write(paper =>
            {
                for (var i = 0; i < lines; i++)
                    paper.Paragraph("line");
                paper.Heading("Heading");
                paper.Paragraph("below");
            });
            using var document = PdfDocument.Open(pdf);
            document.GetPages().Select(WordsOf).Single(page => page.Contains("Heading")).ShouldContain("Heading below");
        }
    }

    [Fact]
    public void Several_threads_write_at_once()
    {
        var expected = Write(paper => paper.Paragraph("one"));
        Parallel.For(0, 20, _ => Write(paper => paper.Paragraph("one")).ShouldBe(expected));
    }

    private static byte[] Write(Action<Paper> write)
    {
        using var paper = new Paper(PaperSize.A4, "Title", "Lender", DateTimeOffset.UnixEpoch);
        write(paper);
        return paper.ToBytes();
    }

    private static string IdOf(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        return text[text.LastIndexOf("/ID", StringComparison.Ordinal)..][..40];
    }

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().Select(WordsOf));
    }

    private static string WordsOf(Page page) => string.Join(' ', page.GetWords().Select(word => word.Text));
}
