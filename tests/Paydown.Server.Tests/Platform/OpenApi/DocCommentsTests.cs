using System.Xml.Linq;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class DocCommentsTests
{
    private const string Here = "Paydown.Server.Tests.Platform.OpenApi.DocCommentsTests";

    private readonly DocComments comments = new(_ =>
        XDocument.Parse(
            $"""
            <doc><members>
              <member name="T:{Here}.Positional">
                <summary>A record, see <see cref="T:{Here}.Plain"/>; <see langword="null"/> if
                  <c>x</c> is absent.</summary>
                <param name="Price">The price, in <paramref name="Unit"/>.</param>
              </member>
              <member name="P:{Here}.Plain.Name"><summary>The name.</summary></member>
            </members></doc>
            """
        )
    );

    [Fact]
    public void A_summary_is_read_as_plain_text_on_one_line() =>
        comments.Find(typeof(Positional)).ShouldBe("A record, see Plain; null if x is absent.");

    [Fact]
    public void A_property_has_its_own_summary_or_the_text_of_its_parameter()
    {
        comments.Find(typeof(Plain).GetProperty(nameof(Plain.Name))!).ShouldBe("The name.");
        comments.Find(typeof(Positional).GetProperty(nameof(Positional.Price))!).ShouldBe("The price, in Unit.");
    }

    [Fact]
    public void A_member_without_a_docstring_has_no_text()
    {
        comments.Find(typeof(Plain)).ShouldBeNull();
        comments.Find(typeof(Positional).GetProperty(nameof(Positional.Unit))!).ShouldBeNull();
    }

    [Fact]
    public void The_program_is_published_with_its_docstrings() =>
        DocComments.OfProgram.Find(typeof(ServerHost)).ShouldNotBeNull();

    private sealed record Positional(decimal Price, string Unit);

    private sealed class Plain
    {
        public string Name { get; init; } = "";
    }
}
