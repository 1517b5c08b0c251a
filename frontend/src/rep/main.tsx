import "./rep.css";
import "./screen.css";
import "./map.css";
import "./list.css";
import "./sheet.css";
import { createRoot } from "react-dom/client";
import { fetchMyAccounts, fetchMyTerritory, fetchSession } from "@/api/myTerritory";
import { RepApp } from "./RepApp";
import { RepStore } from "./RepStore";

const store = new RepStore({ fetchSession, fetchMyTerritory, fetchMyAccounts });
void store.load();

const root = document.getElementById("root");
if (root) createRoot(root).render(<RepApp store={store} />);
