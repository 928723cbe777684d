using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

public sealed class CandidateKeysTests
{
    private readonly Lender lender = new();

    [Fact]
    public void The_keys_have_each_reference_of_all_texts()
    {
        var keys = CandidateKeys.Of(
            Lender.Credit(500_00, $"x{Lender.Printed(lender.Ada).ToLowerInvariant()}FROM") with
            {
                EndToEndId = lender.Ben.Reference,
                Reference = "RF18539007547034",
            }
        );
        keys.References.ShouldContain(lender.Ada.Reference);
        keys.References.ShouldContain(lender.Ben.Reference);
        keys.References.ShouldContain("RF18539007547034");
        keys.References.Count.ShouldBeLessThan(10);
        (keys.Amount, keys.TakenBack).ShouldBe((Kobo(500_00), null));
    }

    [Fact]
    public void The_keys_of_a_debit_are_its_transfers_and_the_credit_that_it_may_take_back()
    {
        var id = new TransferId(new Guid(7, 0, 0, new byte[8]));
        var keys = CandidateKeys.Of(
            Lender.Credit(-500_00, $"OUT {TransferReference.Of(id)}9") with
            {
                BankReference = "98-26 09",
            }
        );
        keys.Transfers.ShouldBe([id]);
        (keys.Amount, keys.TakenBack, keys.BankReference).ShouldBe((null, Kobo(500_00), "982609"));
    }

    [Fact]
    public void What_is_not_booked_needs_no_lookup()
    {
        var keys = CandidateKeys.Of(Lender.Credit(500_00, lender.Ada.Reference) with { Status = EntryStatus.Pdng });
        keys.References.ShouldBeEmpty();
        (keys.Amount, keys.TakenBack).ShouldBe((null, null));
    }

    [Fact]
    public void A_long_text_is_read_in_bounds()
    {
        var text = string.Concat(Enumerable.Repeat("RF18", 100_000));
        CandidateKeys.Of(Lender.Credit(1_00, text)).References.Count.ShouldBeLessThan(1_000);
        CandidateKeys.SimilarReferencesOf(Lender.Credit(1_00, text)).Count.ShouldBeLessThan(1_000);
    }
}
