using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

public sealed class SqlTests
{
    private static readonly LoanId Id = new(Guid.Parse("01957ad2-7c00-7000-8000-000000000abc"));

    [Fact]
    public void An_id_is_written_as_its_value_however_it_is_passed()
    {
        Sql.Value(Id).Value.ShouldBe(Id.Value);
        Sql.Value((LoanId?)Id).Value.ShouldBe(Id.Value);
        Sql.Value((object)Id).Value.ShouldBe(Id.Value);
        Sql.Value((LoanId?)null).Value.ShouldBe(DBNull.Value);
    }

    [Fact]
    public void Ids_are_written_as_an_array_of_their_values_however_they_are_passed()
    {
        Guid[] expected = [Id.Value];
        Sql.Value((LoanId[])[Id]).Value.ShouldBe(expected);
        Sql.Value((HashSet<LoanId>)[Id]).Value.ShouldBe(expected);
        Sql.Value((object)(LoanId[])[Id]).Value.ShouldBe(expected);
        Sql.Value((object)(HashSet<LoanId>)[Id]).Value.ShouldBe(expected);
        Sql.Value((LoanId[]?)null).Value.ShouldBe(DBNull.Value);
        Sql.Value("text").Value.ShouldBe("text");
        Sql.Value((byte[])[1]).Value.ShouldBe((byte[])[1]);
    }
}
