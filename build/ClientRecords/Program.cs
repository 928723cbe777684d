using System.Text.Json.Nodes;
using Paydown.ClientRecords;

// Writes the records of the .NET client from docs/openapi.json. Run it in the root of the repository.
var document = JsonNode.Parse(File.ReadAllText("docs/openapi.json"))!.AsObject();
var enums = ClientEnums.Read("src/Paydown.Client");
var folder = Directory.CreateDirectory("src/Paydown.Client/Generated");
var files = new Records(document, enums).Write();
foreach (var old in folder.GetFiles("*.cs").Where(file => !files.ContainsKey(file.Name)))
    old.Delete();
foreach (var (name, text) in files)
    File.WriteAllText(Path.Combine(folder.FullName, name), text);
Console.WriteLine($"{files.Count} records are in {folder.FullName}.");
