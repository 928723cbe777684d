using Paydown.Lending.BankAccounts;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.BankAccounts;

public sealed class AccountNameRulesTests
{
    [Theory]
    [InlineData("Ada Example", "Ada Example")]
    [InlineData("EXAMPLE ADA", "Ada Example")]
    [InlineData("EXAMPLE, ADA", "Ada Example")]
    [InlineData("  ada   example ", "Ada Example")]
    [InlineData("MRS ADA NGOZI EXAMPLE", "Ada Example")]
    [InlineData("ONEIL SEAN", "Seán O'Neil")]
    [InlineData("O’NEIL SEAN", "Seán O'Neil")]
    [InlineData("ADEBAYO OLUWASEUN", "Adébáyọ̀ Olúwaṣẹ́un")]
    [InlineData("Adébáyọ̀ Olúwaṣẹ́un", "ADEBAYO OLUWASEUN")]
    [InlineData("MUELLER-STRASSE JOERG", "Joerg Mueller-Straße")]
    [InlineData("SMITH JONES ANN", "Ann Smith-Jones")]
    [InlineData("MBA MBA", "Mba Mba")]
    public void A_name_matches_however_the_bank_writes_it(string accountName, string customerName) =>
        AccountNameRules.Matches(accountName, customerName).ShouldBeTrue();

    [Theory]
    [InlineData("Ada", "Ada Example")]
    [InlineData("Ada Exampl", "Ada Example")]
    [InlineData("AdaExample", "Ada Example")]
    [InlineData("Bola Example", "Ada Example")]
    [InlineData("MBA", "Mba Mba")]
    [InlineData("ADA EXAMPLE AND BOLA EXAMPLE", "Ada Example")]
    [InlineData("ADA & BOLA EXAMPLE", "Ada Example")]
    [InlineData("ADA EXAMPLE BOLA CHI DAYO EMEKA", "Ada Example")]
    [InlineData("", "Ada Example")]
    [InlineData("Ada Example", "")]
    [InlineData("- '", " ")]
    public void A_different_name_does_not_match(string accountName, string customerName) =>
        AccountNameRules.Matches(accountName, customerName).ShouldBeFalse();
}
